package dev.dise.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Any bytes are an event, the same by every way of reading, or are refused with a reason. How to fuzz: docs/testing.md. */
class DecoderFuzzTest {
    private static final DataReader READER = new DataReader();
    private static final EventType[] TYPES = EventType.values();

    /** The first byte says of which type the data are. */
    @FuzzTest
    void dataAreReadTheSameByBothWaysOrRefused(byte[] input) {
        if (input.length == 0) {
            return;
        }
        EventType type = TYPES[Byte.toUnsignedInt(input[0]) % TYPES.length];
        byte[] data = Arrays.copyOfRange(input, 1, input.length);
        Outcome tree = outcome(() -> READER.read(type, data));
        assertThat(outcome(() -> READER.readFlat(type, data))).isEqualTo(tree);
        String text = tree.text();
        if (text != null) {
            assertThat(outcome(() -> READER.read(type, text.getBytes(UTF_8)))).isEqualTo(tree);
        }
    }

    /** Lines of {@code name=value}. */
    @FuzzTest
    void anEnvelopeIsReadOrRefused(byte[] input) {
        Map<String, String> headers = new HashMap<>();
        for (String line : new String(input, UTF_8).split("\n", -1)) {
            int end = line.indexOf('=');
            if (end >= 0) {
                headers.put(line.substring(0, end), line.substring(end + 1));
            }
        }
        Envelope envelope;
        try {
            envelope = EnvelopeHeaders.decode(headers::get);
        } catch (InvalidEventException e) {
            assertThat(e.violations()).isNotEmpty();
            return;
        }
        assertThat(EnvelopeHeaders.decode(EnvelopeHeaders.encode(envelope)::get))
                .isEqualTo(envelope);
    }

    /** What came of it: a text that can be read again, or a refusal. */
    private record Outcome(@Nullable String text, @Nullable String refusal) {}

    private interface Reading {
        ObjectNode read();
    }

    private static Outcome outcome(Reading reading) {
        try {
            // As a tree again, since what is free-form may have kept the spaces that it came with.
            return new Outcome(new String(Json.encode(Json.parse(Json.encode(reading.read()))), UTF_8), null);
        } catch (InvalidEventException e) {
            return new Outcome(null, e.reason() + ": " + e.explanation());
        }
    }
}
