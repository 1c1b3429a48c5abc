package dev.dise.rag.compare;

import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at points again and again, until what is said of them cannot be the sink's being on its way. */
final class Rounds {
    private static final int MOST = 5;
    private static final int PAGE = 64;
    /** Enough for a batch of the sink. */
    private static final long PAUSE_MILLIS = 500;

    private final ExpectedPoints expected;
    private final CollectionReader collection;
    private final VectorsHistory history;
    private final Judging judging;

    Rounds(ExpectedPoints expected, CollectionReader collection, VectorsHistory history, Judging judging) {
        this.expected = expected;
        this.collection = collection;
        this.history = history;
        this.judging = judging;
    }

    /** Looks at the whole collection once; whatever is not as expected becomes a suspect. */
    void lookAtAll(WorkProgress progress) throws StoreUnavailableException {
        long total = collection.count();
        long done = 0;
        @Nullable PointId next = null;
        do {
            CollectionReader.Page page = collection.page(next, true);
            for (RetrievedPoint point : page.points()) {
                if (!point.getId().hasUuid()) {
                    // Points by number are somebody else's: nobody of ours makes or removes them.
                    continue;
                }
                UUID id = UUID.fromString(point.getId().getUuid());
                expected.see(id);
                if (judging.of(expected.get(id), point).isPresent()) {
                    expected.suspect(id);
                }
            }
            done += page.points().size();
            progress.at("comparing", done, total);
            next = page.next();
        } while (next != null);
        expected.suspectUnseen();
    }

    /** Afterwards there is a verdict about each point that is wrong, and suspects are only those that are on their way. */
    void settle(WorkProgress progress) throws StoreUnavailableException {
        for (int round = 1; round <= MOST && expected.suspects() > 0; round++) {
            if (round > 1) {
                pause();
            }
            Map<Integer, Long> written = history.written();
            look(progress);
            history.readOn(expected, WorkProgress.NONE);
            confirm(written);
        }
    }

    private void look(WorkProgress progress) throws StoreUnavailableException {
        long total = expected.suspects();
        long done = 0;
        for (List<UUID> ids = expected.suspectsBehind(null, PAGE);
                !ids.isEmpty();
                ids = expected.suspectsBehind(ids.get(ids.size() - 1), PAGE)) {
            Map<UUID, RetrievedPoint> there = new HashMap<>();
            collection
                    .points(ids)
                    .forEach(point -> there.put(UUID.fromString(point.getId().getUuid()), point));
            for (UUID id : ids) {
                judge(id, there.get(id));
            }
            done += ids.size();
            progress.at("looking again", done, total);
        }
    }

    private void judge(UUID id, @Nullable RetrievedPoint point) {
        Optional<Verdict> verdict = judging.of(expected.get(id), point);
        if (verdict.isEmpty()) {
            expected.clear(id);
        } else {
            expected.judge(id, verdict.get());
        }
    }

    /** Keeps verdicts by a record that is the newest still, and that the sink was done with before. */
    private void confirm(Map<Integer, Long> written) {
        for (List<UUID> ids = expected.suspectsBehind(null, PAGE);
                !ids.isEmpty();
                ids = expected.suspectsBehind(ids.get(ids.size() - 1), PAGE)) {
            ids.forEach(id -> confirm(id, written));
        }
    }

    private void confirm(UUID id, Map<Integer, Long> written) {
        ExpectedPoint newest = expected.get(id);
        Verdict verdict = expected.verdict(id);
        if (newest == null) {
            expected.accept(id);
        } else if (expected.isRefused(newest)) {
            expected.clear(id);
        } else if (newest.partition() == verdict.partition()
                && newest.offset() == verdict.offset()
                && newest.offset() < written.getOrDefault(newest.partition(), 0L)) {
            expected.accept(id);
        } else {
            expected.withdraw(id);
        }
    }

    private static void pause() throws StoreUnavailableException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the sink", e);
        }
    }
}
