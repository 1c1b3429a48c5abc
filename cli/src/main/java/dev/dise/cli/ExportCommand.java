package dev.dise.cli;

import dev.dise.query.Resource;
import dev.dise.query.Resources;
import dev.dise.query.client.QueryClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a whole list as it is at one moment, be it millions of rows. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write all rows of a list, newest first, to the output or a file.",
            "",
            "Lists: logs, failures, bugs, conversations, evaluations, tools, debug, performance."
        },
        footer = {
            "",
            "Examples:",
            "  ./dise export logs --format csv --since 7d > logs.csv",
            "  ./dise export bugs --where severity=high,critical --where resolved=false --to bugs.ndjson"
        })
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Parameters(paramLabel = "LIST", description = "what to export")
    private String list = "";

    @Option(names = "--format", defaultValue = "ndjson", description = "ndjson or csv (default: ${DEFAULT-VALUE})")
    private String format = "ndjson";

    @Option(names = "--tool", paramLabel = "ID", description = "only of this tool")
    private @Nullable String tool;

    @Option(names = "--since", paramLabel = "WHEN", description = "from then on: a time, or 2h, 7d")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "before then")
    private @Nullable String until;

    @Option(
            names = "--where",
            paramLabel = "FILTER=VALUE",
            description = "any filter of the list, as in log_level=error or details.user.id=7; several: all of them")
    private List<String> filters = List.of();

    @Option(names = "--to", paramLabel = "FILE", description = "the file to write; it is there when it is whole")
    private @Nullable Path file;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Resource resource = resource();
        try (StackLink.Connection connection = link.open();
                QueryClient query = connection.query();
                InputStream rows = query.stream(resource.path() + "/export", parameters())) {
            ExportedRows copy = new ExportedRows(spec.commandLine().getErr(), format.equals("csv") ? 1 : 0);
            write(copy, new InputStreamReader(rows, StandardCharsets.UTF_8));
            spec.commandLine().getErr().printf("%,d rows%n", copy.rows());
            return ExitCodes.OK;
        }
    }

    private void write(ExportedRows copy, Reader rows) throws IOException {
        if (file == null) {
            Writer out = spec.commandLine().getOut();
            copy.from(rows, out);
            out.flush();
            return;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (Writer out = Files.newBufferedWriter(part)) {
            copy.from(rows, out);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private Resource resource() {
        return Resources.ALL.stream()
                .filter(resource -> resource.path().equals("/v1/" + list))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no list '" + list + "'; there are "
                                + String.join(
                                        ", ",
                                        Resources.ALL.stream()
                                                .map(resource -> resource.path().substring("/v1/".length()))
                                                .toList())));
    }

    private Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(spec.commandLine(), "--where must be as in log_level=error");
            }
            add(parameters, filter.substring(0, equals), filter.substring(equals + 1));
        }
        add(parameters, "tool_id", tool);
        add(parameters, "since", since);
        add(parameters, "until", until);
        add(parameters, "format", format);
        return parameters;
    }

    private static void add(Map<String, List<String>> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
    }
}
