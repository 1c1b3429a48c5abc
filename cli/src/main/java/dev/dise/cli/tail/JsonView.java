package dev.dise.cli.tail;

import dev.dise.operations.tail.Passing;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON document a line, in ASCII: where the record is, the {@code envelope} and the {@code data}, of a dead letter why it is
 * one; of what cannot be read {@code undecodable} says why, and {@code raw} is its value as text.
 */
final class JsonView implements TailView {
    private static final ObjectWriter WRITER = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
    private static final List<String> DEAD_LETTER = List.of(
            DeadLetterHeaders.TOPIC,
            DeadLetterHeaders.PARTITION,
            DeadLetterHeaders.OFFSET,
            DeadLetterHeaders.STAGE,
            DeadLetterHeaders.REASON,
            DeadLetterHeaders.MESSAGE,
            DeadLetterHeaders.ATTEMPTS,
            DeadLetterHeaders.AT);

    @Override
    public String line(Passing passing) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("topic", passing.record().topic());
        line.put("partition", passing.record().partition());
        line.put("offset", passing.record().offset());
        Envelope envelope = passing.envelope();
        if (envelope != null) {
            line.put("envelope", members(envelope));
        }
        ObjectNode data = passing.data();
        if (data != null) {
            line.put("data", data);
        }
        Map<String, Object> letter = deadLetter(passing);
        if (!letter.isEmpty()) {
            line.put("dead_letter", letter);
        }
        if (!passing.fault().isEmpty()) {
            line.put("undecodable", passing.fault());
            line.put("raw", data == null ? passing.raw() : "");
        }
        return WRITER.writeValueAsString(line);
    }

    private static Map<String, Object> members(Envelope envelope) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", envelope.id());
        members.put("type", envelope.type());
        members.put("source", envelope.source());
        members.put("subject", envelope.subject());
        members.put("time", EnvelopeHeaders.formatTime(envelope.time()));
        putIfPresent(members, "run_id", envelope.runId());
        putIfPresent(members, "traceparent", envelope.traceparent());
        putIfPresent(members, "target_type", envelope.targetType());
        return members;
    }

    private static Map<String, Object> deadLetter(Passing passing) {
        Map<String, Object> letter = new LinkedHashMap<>();
        DEAD_LETTER.forEach(name -> putIfPresent(letter, name.replace("dlq.", ""), passing.header(name)));
        return letter;
    }

    private static void putIfPresent(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
