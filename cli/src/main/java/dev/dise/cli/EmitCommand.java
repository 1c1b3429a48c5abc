package dev.dise.cli;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Receipt;
import dev.dise.schemas.DataReader;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Emits one event and waits until Kafka has it. */
@Command(
        name = "emit",
        mixinStandardHelpOptions = true,
        description = "Emit one event and wait until Kafka has it.",
        footer = {
            "",
            "Examples:",
            "  ./dise emit log '{\"tool_id\":\"t\",\"log_level\":\"error\",\"message\":\"boom\"}'",
            "  ./dise emit bug_report - < bug.json"
        })
final class EmitCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 15;
    private static final long BUFFER_BYTES = 4L * 1024 * 1024;

    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "TYPE", description = "the event type, for example log or bug_report")
    private String type = "";

    @Parameters(index = "1", paramLabel = "JSON", description = "the data, or - to read it from the input")
    private String json = "";

    @Option(names = "--id", description = "id of the event; the same id twice is the same event")
    private @Nullable String id;

    @Option(names = "--run", paramLabel = "ID", description = "the run that it belongs to")
    private @Nullable String runId;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Event event = event();
        try (StackLink.Connection connection = link.open();
                ArtifactEmitter emitter = connection.emitter("urn:dise:cli", BUFFER_BYTES, runId)) {
            Receipt receipt = emitter.send(event).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (output.isJson()) {
                output.json(receipt);
            } else if (receipt instanceof Receipt.InKafka place) {
                output.out()
                        .println("accepted " + receipt.eventId() + " as " + place.topic() + "-" + place.partition()
                                + "@" + place.offset());
            }
            return ExitCodes.OK;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka has not acknowledged the event: " + e.getMessage(), e);
        }
    }

    private Event event() throws IOException {
        EventType eventType = EventType.forWireName(type)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no event type '" + type + "'; there are " + String.join(", ", EventType.wireNames())));
        byte[] data = json.equals("-") ? System.in.readAllBytes() : json.getBytes(StandardCharsets.UTF_8);
        ObjectNode tree = new DataReader().read(eventType, data);
        EventType target = eventType == EventType.DELETION
                ? EventType.forWireName(tree.get("target_type").stringValue()).orElseThrow()
                : null;
        String eventId = id == null ? EventIds.next() : id;
        String subject = tree.get(eventType.subjectField()).stringValue();
        return new Event(
                new Envelope(eventId, eventType, "urn:dise:cli", subject, Instant.now(), runId, null, target), data);
    }
}
