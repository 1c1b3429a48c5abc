package dev.dise.rag.compare;

import dev.dise.runtime.compare.Finding.Kind;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a point is as it should be.
 *
 * @param isWhole whether the whole topic was read: else nothing is said of points that it does not name, nor of newer ones
 */
record Judging(boolean isWhole) {
    private static final String TIME = "event_time";

    /** Empty if nothing is wrong. That the marker of an end is gone is not: no search finds either. */
    Optional<Verdict> of(@Nullable ExpectedPoint expected, @Nullable RetrievedPoint actual) {
        if (expected == null) {
            return actual == null || !isWhole ? Optional.empty() : Optional.of(extra(actual));
        }
        if (actual == null) {
            return expected.version().isEnd()
                    ? Optional.empty()
                    : Optional.of(verdict(Kind.MISSING, expected, null, List.of()));
        }
        List<String> differing = PointDifference.between(expected.version().point(), actual);
        if (differing.isEmpty()) {
            return Optional.empty();
        }
        int order = time(actual).compareTo(expected.version().time());
        if (order > 0 && !isWhole) {
            return Optional.empty();
        }
        return Optional.of(verdict(order < 0 ? Kind.STALE : Kind.DIFFERENT, expected, actual, differing));
    }

    private static Verdict extra(RetrievedPoint actual) {
        Map<String, Value> payload = actual.getPayloadMap();
        return new Verdict(
                Kind.EXTRA,
                -1,
                -1,
                text(payload, TIME),
                text(payload, "artifact_type"),
                text(payload, "event_id"),
                List.of());
    }

    private static Verdict verdict(
            Kind kind, ExpectedPoint expected, @Nullable RetrievedPoint actual, List<String> differing) {
        Map<String, Value> payload = expected.version().point().getPayloadMap();
        return new Verdict(
                kind,
                expected.partition(),
                expected.offset(),
                actual == null ? "" : text(actual.getPayloadMap(), TIME),
                text(payload, "artifact_type"),
                text(payload, "event_id"),
                differing);
    }

    /** The version that a point says to be; older than all if it says none. */
    private static Instant time(RetrievedPoint point) {
        return time(text(point.getPayloadMap(), TIME));
    }

    static Instant time(String text) {
        try {
            return text.isEmpty() ? Instant.MIN : EnvelopeHeaders.parseTime(text);
        } catch (InvalidEventException e) {
            // Somebody wrote it by hand.
            return Instant.MIN;
        }
    }

    static String text(Map<String, Value> payload, String key) {
        return payload.getOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }
}
