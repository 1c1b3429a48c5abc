package dev.dise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.cli.imports.EventLines;
import dev.dise.cli.imports.EventLines.EventLine;
import dev.dise.cli.terminal.Progress;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Emits events, one or any number, and waits until Kafka has them. */
@Command(
        name = "emit",
        mixinStandardHelpOptions = true,
        description = {
            "Emit events of one type and wait until Kafka has them.",
            "",
            "An input has one JSON document, or one on each line; a line that is no event is told and costs no other."
        },
        footer = {
            "",
            "With --output json one event gives {id, type, subject, time, topic, partition, offset}, and several",
            "{accepted, refused, undelivered, blank, faults: [{line, reason, explanation}]}.",
            "",
            "Examples:",
            "  ./dise emit log '{\"tool_id\":\"t\",\"log_level\":\"error\",\"message\":\"boom\"}'",
            "  ./dise emit bug_report --file bug.json --id bug-4711",
            "  ./dise emit perf_data --file measured.ndjson --run nightly-7",
            "  tail -f app.ndjson | ./dise emit log -"
        })
final class EmitCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BUFFER_BYTES = 16L * 1024 * 1024;

    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "TYPE", description = "the event type, for example log or bug_report")
    private String type = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "JSON", description = "the data, or - to read the input")
    private @Nullable String data;

    @Option(names = "--json", paramLabel = "JSON", description = "the data")
    private @Nullable String json;

    @Option(names = "--file", paramLabel = "FILE", description = "a file with the data, or - to read the input")
    private @Nullable Path file;

    @Option(names = "--id", description = "id of the one event; the same id twice is the same event")
    private @Nullable String id;

    @Option(names = "--time", paramLabel = "WHEN", description = "when it happened: " + Moment.RULE + " (default: now)")
    private @Nullable String time;

    @Option(names = "--run", paramLabel = "ID", description = "the run that it belongs to")
    private @Nullable String runId;

    @Option(
            names = "--source",
            paramLabel = "URI",
            defaultValue = "urn:dise:cli",
            description = "who emits (default: ${DEFAULT-VALUE})")
    private String source = "urn:dise:cli";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Emitted emitted = new Emitted();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Emission emission = new Emission(eventType(), source, runId, moment());
        String document = document();
        if (document != null) {
            // What is wrong with an event that stands on the command line is told before anything is connected.
            Event unused = emission.event(id, document.getBytes(UTF_8));
        }
        try (EventLines lines = document == null ? input() : EventLines.of(document.getBytes(UTF_8));
                StackLink.Connection connection = link.open();
                ArtifactEmitter emitter = connection.emitter(source, BUFFER_BYTES, runId)) {
            sendAll(lines, emission, emitter);
            emitter.close(PATIENCE);
            emitted.awaitAnswers(PATIENCE);
        }
        if (output.isJson()) {
            output.json(emitted.json());
        } else {
            emitted.print(output.out());
        }
        return emitted.exitCode();
    }

    private void sendAll(EventLines lines, Emission emission, ArtifactEmitter emitter)
            throws IOException, InterruptedException {
        Pace pace = new Pace(emitter, BUFFER_BYTES);
        Progress progress = new Progress(output.progress(), "emitting");
        long count = 0;
        for (EventLine line = lines.next(); line != null; line = lines.next()) {
            pace.keep();
            send(line, emission, emitter);
            progress.at(++count, 0);
        }
        if (count > 1) {
            progress.done(count);
        }
    }

    private void send(EventLine line, Emission emission, ArtifactEmitter emitter) {
        if (line.isBlank()) {
            emitted.addBlank();
        } else if (line.isTooLong()) {
            emitted.addRefused(
                    line.line(),
                    "TOO_LARGE",
                    "must have at most " + Event.MAX_DATA_BYTES + " bytes but has " + line.bytes());
        } else {
            try {
                Event event = emission.event(idOfNext(), line.data());
                emitted.addSent();
                CompletableFuture<?> unused = emitter.send(event)
                        .whenComplete((receipt, failure) -> emitted.addAnswer(line.line(), receipt, failure));
            } catch (InvalidEventException e) {
                emitted.addRefused(line.line(), e.reason().name(), e.explanation());
            }
        }
    }

    /** The id on the command line is that of the first event; more of them would be the same event again. */
    private @Nullable String idOfNext() {
        if (id != null && emitted.hasSent()) {
            throw new ParameterException(
                    spec.commandLine(), "--id is for one event, and the input has more: leave it out");
        }
        return id;
    }

    private EventType eventType() {
        return EventType.forWireName(type)
                .orElseThrow(() ->
                        wrong("no event type '" + type + "'; there are " + String.join(", ", EventType.wireNames())));
    }

    private @Nullable Instant moment() {
        return time == null
                ? null
                : Moment.parse(time, Instant.now())
                        .orElseThrow(() -> wrong("--time must be " + Moment.RULE + " but is '" + time + "'"));
    }

    /** The data that stand on the command line; null if they are in an input. */
    private @Nullable String document() {
        if (Stream.of(data, json, file).filter(Objects::nonNull).count() != 1) {
            throw wrong("name the data once: as JSON, with --json, with --file, or - for the input");
        }
        return STANDARD_INPUT.equals(data) ? null : data == null ? json : data;
    }

    private EventLines input() throws IOException {
        if (file == null || file.toString().equals(STANDARD_INPUT)) {
            return EventLines.of(System.in);
        }
        if (!Files.isReadable(file)) {
            throw wrong("there is no file '" + file + "' that can be read");
        }
        return EventLines.of(Files.newInputStream(file));
    }

    private ParameterException wrong(String rule) {
        return new ParameterException(spec.commandLine(), rule);
    }
}
