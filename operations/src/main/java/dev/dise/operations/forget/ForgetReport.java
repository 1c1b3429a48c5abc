package dev.dise.operations.forget;

import dev.dise.schemas.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was removed of a subject and where, or would be, and what remains.
 *
 * @param type null for all
 * @param forgottenAt what happened up to then is forgotten
 * @param rows of PostgreSQL, by table of a generation
 * @param archivedRows by file of a generation's archive
 * @param points of Qdrant, by collection, markers of what was deleted too
 * @param vectors points that {@code dise.vectors} had, and now only ends
 * @param remaining records that stay in logs, by topic; nothing shows, replays or rebuilds them
 * @param complete whether a look afterwards found nothing; of a dry run false
 * @param notes what there is to know beside, each a sentence
 */
public record ForgetReport(
        boolean dryRun,
        @Nullable EventType type,
        Instant forgottenAt,
        Map<String, Long> rows,
        Map<String, Long> archivedRows,
        Map<String, Long> points,
        long vectors,
        long deadLetters,
        Map<String, Long> remaining,
        boolean complete,
        List<String> notes) {
    public ForgetReport {
        rows = new TreeMap<>(rows);
        archivedRows = new TreeMap<>(archivedRows);
        points = new TreeMap<>(points);
        remaining = new TreeMap<>(remaining);
        notes = List.copyOf(notes);
    }

    /** Over the parts of one place. */
    public static long sum(Map<String, Long> parts) {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }
}
