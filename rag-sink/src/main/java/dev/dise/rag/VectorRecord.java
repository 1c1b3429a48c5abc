package dev.dise.rag;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.SourceRecord.Header;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code dise.vectors} as the first half writes it and reads it back: the change of a point, and in headers what
 * a deletion would not tell.
 *
 * @param artifact the point of the first chunk of the artifact that the point belongs to
 * @param chunk which chunk of it the point is
 * @param text which text was embedded, by {@link TextKey}; null if it was written by something else
 * @param time of the event that caused it
 */
record VectorRecord(
        PointChange change,
        UUID artifact,
        int chunk,
        @Nullable UUID text,
        Instant time) {
    private static final String ARTIFACT = "dise_artifact";
    private static final String CHUNK = "dise_chunk";
    private static final String TEXT = "dise_text";

    private static final PointChangeDecoder DECODER = new PointChangeDecoder();

    /** The headers that the record has beside those of its event. */
    List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        if (change instanceof PointChange.Forget) {
            headers.add(header(PointChangeDecoder.FORGOTTEN, EnvelopeHeaders.formatTime(time)));
        }
        headers.add(header(ARTIFACT, artifact.toString()));
        headers.add(header(CHUNK, Integer.toString(chunk)));
        if (text != null) {
            headers.add(header(TEXT, text.toString()));
        }
        return headers;
    }

    /**
     * Reads a record back.
     *
     * @throws InvalidEventException if something else wrote it, and wrote it wrongly
     */
    static VectorRecord from(SourceRecord record) {
        PointChange change = DECODER.decode(record);
        try {
            String artifact = record.header(ARTIFACT);
            String chunk = record.header(CHUNK);
            String text = record.header(TEXT);
            return new VectorRecord(
                    change,
                    artifact == null ? change.id() : UUID.fromString(artifact),
                    chunk == null ? 0 : Integer.parseInt(chunk),
                    text == null ? null : UUID.fromString(text),
                    change instanceof PointChange.Forget forget ? forget.until() : EventTime.of(record));
        } catch (IllegalArgumentException e) {
            throw PointChangeDecoder.refused("has headers that say no artifact, chunk or text");
        }
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(UTF_8));
    }
}
