package dev.dise.cli;

import dev.dise.runtime.config.Keeping;
import dev.dise.runtime.keys.KeyFile;
import dev.dise.runtime.keys.NewKey;
import dev.dise.runtime.keys.Scope;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key and shows it once. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Make a key and show it, once: nobody can show it again.",
        footer = {
            "",
            "Examples:",
            "  ./dise keys create ci --scope emit --expires 90d",
            "  ./dise keys create grafana --scope query --events-per-second 1000 --file keys.json"
        })
final class KeysCreateCommand implements Callable<Integer> {
    @Mixin
    private KeysFileOption keys = new KeysFileOption();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "whose key it is; at most two live keys share a name")
    private String name = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            defaultValue = "emit",
            description = "what it opens: emit, query, sql, admin (default: ${DEFAULT-VALUE})")
    private List<String> scopes = List.of();

    @Option(names = "--expires", paramLabel = "SPAN", description = "when it ends, as in 12h or 90d (default: never)")
    private @Nullable String expires;

    @Option(names = "--events-per-second", paramLabel = "N", description = "its rate (default: the server's)")
    private @Nullable Long eventsPerSecond;

    @Option(names = "--bytes-per-second", paramLabel = "N", description = "its rate (default: the server's)")
    private @Nullable Long bytesPerSecond;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        NewKey made;
        try {
            KeyFile.Wish wish = new KeyFile.Wish(name, parsedScopes(), lifetime(), eventsPerSecond, bytesPerSecond);
            made = keys.open().create(wish);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        show(made);
        return ExitCodes.OK;
    }

    private Set<Scope> parsedScopes() {
        Set<Scope> parsed = EnumSet.noneOf(Scope.class);
        scopes.forEach(scope -> parsed.add(Scope.parse(scope)));
        return parsed;
    }

    private @Nullable Duration lifetime() {
        if (expires == null) {
            return null;
        }
        return Keeping.span(expires)
                .filter(Duration::isPositive)
                .orElseThrow(() ->
                        new IllegalArgumentException("--expires must be as in 12h or 90d but is '" + expires + "'"));
    }

    private void show(NewKey made) {
        if (output.isJson()) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("key", made.text());
            shown.put("key_id", made.key().keyId());
            shown.put("name", made.key().name());
            shown.put("not_after", made.key().notAfter());
            output.json(shown);
            return;
        }
        output.out().println(made.text());
        output.progress()
                .println("the key of " + made.key().name()
                        + " is shown this once; send it as: Authorization: Bearer KEY");
    }
}
