package dev.dise.rag.compare;

import dev.dise.runtime.compare.Comparison;
import dev.dise.runtime.compare.Finding;
import dev.dise.schemas.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The verdicts that were left, counted, and the first ones as they are told. */
final class PointFindings {
    private static final int PAGE = 1_000;

    private final PointCheck.Place place;
    private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
    private final List<Finding> listed = new ArrayList<>();
    private final long unsettled;

    PointFindings(ExpectedPoints expected, PointCheck.Place place, int limit) {
        this.place = place;
        this.unsettled = expected.suspects();
        for (List<UUID> ids = expected.judgedBehind(null, PAGE);
                !ids.isEmpty();
                ids = expected.judgedBehind(ids.get(ids.size() - 1), PAGE)) {
            for (UUID id : ids) {
                Verdict verdict = expected.verdict(id);
                counts.merge(verdict.kind(), 1L, Long::sum);
                if (listed.size() < limit) {
                    listed.add(finding(id, verdict));
                }
            }
        }
    }

    PointCheck.Place place() {
        return place;
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Comparison comparison(long records, long mended, Instant begun, Instant ended) {
        return new Comparison(
                Store.QDRANT,
                place.collection(),
                records,
                counts,
                0,
                unsettled,
                mended,
                listed,
                Duration.between(begun, ended));
    }

    private Finding finding(UUID id, Verdict verdict) {
        return new Finding(
                Store.QDRANT,
                verdict.kind(),
                verdict.type().isEmpty() ? place.collection() : verdict.type(),
                id.toString(),
                verdict.eventId().isEmpty() ? null : verdict.eventId(),
                verdict.partition() < 0 ? null : place.topic() + "-" + verdict.partition() + "@" + verdict.offset(),
                verdict.differing());
    }
}
