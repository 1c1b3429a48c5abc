package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import dev.dise.runtime.keys.ApiKey;
import dev.dise.runtime.keys.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the keys. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the keys; never their secrets.",
        footer = {"", "Example: ./dise keys list --output json"})
final class KeysListCommand implements Callable<Integer> {
    @Mixin
    private KeysFileOption keys = new KeysFileOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        List<ApiKey> all = keys.open().read();
        if (output.isJson()) {
            output.json(Map.of("items", all.stream().map(KeysListCommand::shown).toList()));
        } else if (all.isEmpty()) {
            output.out().println("there are no keys; make one with ./dise keys create");
        } else {
            Table table = new Table("key id", "name", "scopes", "created", "ends", "state");
            all.forEach(key -> table.row(
                    key.keyId(),
                    key.name(),
                    scopes(key),
                    key.created(),
                    key.notAfter() == null ? "-" : key.notAfter(),
                    state(key)));
            output.table(table);
        }
        return ExitCodes.OK;
    }

    private static Map<String, Object> shown(ApiKey key) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("key_id", key.keyId());
        shown.put("name", key.name());
        shown.put("scopes", new ArrayList<>(key.scopes()));
        shown.put("created", key.created());
        shown.put("not_after", key.notAfter());
        shown.put("state", state(key));
        return shown;
    }

    private static String scopes(ApiKey key) {
        return key.scopes().stream().sorted().map(Scope::wireName).collect(Collectors.joining(","));
    }

    private static String state(ApiKey key) {
        return key.isLive(Instant.now()) ? "live" : "ended";
    }
}
