package dev.dise.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvelopeHeadersTest {
    private static final Instant THEN = Instant.parse("2026-01-31T08:15:00.000001Z");

    @ParameterizedTest
    @EnumSource
    void anEnvelopeComesBackAsItWas(EventType type) {
        EventType target = type == EventType.DELETION ? EventType.PLAN : null;
        Envelope envelope = new Envelope("id", type, "urn:dise:x", "subject", THEN, "run", "00-ab-cd-01", target);
        assertThat(EnvelopeHeaders.decode(EnvelopeHeaders.encode(envelope)::get))
                .isEqualTo(envelope);
    }

    @Test
    void writesTheTimeInUtcToTheMicrosecond() {
        Envelope envelope = Envelope.of("id", EventType.LOG, "s", "t", Instant.parse("2026-01-31T08:15:00.000001999Z"));
        assertThat(EnvelopeHeaders.encode(envelope)).containsEntry("ce_time", "2026-01-31T08:15:00.000001Z");
        assertThat(EnvelopeHeaders.parseTime("2026-01-31T09:15:00.000001+01:00"))
                .isEqualTo(THEN);
    }

    @Test
    void writesAnyTimeAsTheLibraryWritesIt() {
        DateTimeFormatter library =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long seconds = random.nextLong(-62_167_219_200L, 253_402_300_800L);
            Instant time = Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000));
            assertThat(EnvelopeHeaders.formatTime(time)).as("seed " + seed).isEqualTo(library.format(time));
        }
    }

    @Test
    void everyTimeThatAnEnvelopeTakesCanBeWritten() {
        for (LocalDateTime time : List.of(LocalDateTime.MIN, LocalDateTime.MAX)) {
            Envelope envelope = Envelope.of("id", EventType.LOG, "s", "t", time.toInstant(ZoneOffset.UTC));
            assertThat(EnvelopeHeaders.decode(EnvelopeHeaders.encode(envelope)::get))
                    .isEqualTo(envelope);
        }
        for (Instant beyond : List.of(Instant.MIN, Instant.MAX)) {
            assertThatExceptionOfType(InvalidEventException.class)
                    .isThrownBy(() -> Envelope.of("id", EventType.LOG, "s", "t", beyond));
        }
    }

    @Test
    void namesTheHeaderThatIsMissingOrImpossible() {
        Envelope envelope = Envelope.of("id", EventType.LOG, "s", "t", THEN);
        assertThat(refusal(envelope, "ce_id", null)).isEqualTo("/ce_id is required");
        assertThat(refusal(envelope, "ce_subject", " ")).isEqualTo("/subject must not be blank");
        assertThat(refusal(envelope, "ce_id", "x".repeat(201))).contains("at most 200 characters");
        assertThat(refusal(envelope, "ce_time", "2024-13-45")).startsWith("/time must be an RFC 3339 time");
        assertThat(refusal(envelope, "ce_time", "+999999999-12-31T23:59:59-18:00"))
                .startsWith("/time must be within the years");
        assertThat(refusal(envelope, "ce_type", "dise.poem.v1")).startsWith("/type must be dise.<type>.v1");
        assertThat(refusal(envelope, "ce_type", "dise.log.v2")).startsWith("/type must be dise.<type>.v1");
        assertThat(refusal(envelope, "ce_targettype", "plan")).startsWith("/targettype goes with a deletion");
    }

    private static String refusal(Envelope envelope, String header, @Nullable String value) {
        Map<String, String> headers = new HashMap<>(EnvelopeHeaders.encode(envelope));
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        return String.valueOf(assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> EnvelopeHeaders.decode(headers::get))
                .actual()
                .getMessage());
    }
}
