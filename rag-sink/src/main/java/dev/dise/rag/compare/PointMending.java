package dev.dise.rag.compare;

import static io.qdrant.client.ConditionFactory.datetimeRange;
import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.hasId;

import com.google.protobuf.Timestamp;
import dev.dise.rag.PointVersion;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.compare.Finding.Kind;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Mends the points that there is a verdict about, and only those, unless they have become newer meanwhile. */
final class PointMending {
    private static final int PAGE = 32;

    private final ExpectedPoints expected;
    private final CollectionReader collection;

    PointMending(ExpectedPoints expected, CollectionReader collection) {
        this.expected = expected;
        this.collection = collection;
    }

    void run(WorkProgress progress) throws StoreUnavailableException {
        long done = 0;
        for (List<UUID> ids = expected.judgedBehind(null, PAGE);
                !ids.isEmpty();
                ids = expected.judgedBehind(ids.get(ids.size() - 1), PAGE)) {
            remove(ids);
            write(ids);
            done += ids.size();
            progress.at("mending", done, 0);
        }
    }

    /** What should not be there; and what says to be newer than it is, which would not let itself be replaced. */
    private void remove(List<UUID> ids) throws StoreUnavailableException {
        Filter.Builder gone = Filter.newBuilder();
        for (UUID id : ids) {
            Verdict verdict = expected.verdict(id);
            ExpectedPoint point = expected.get(id);
            Instant time = Judging.time(verdict.time());
            boolean saysNewer = point != null && time.isAfter(point.version().time());
            if (verdict.kind() == Kind.EXTRA || saysNewer) {
                gone.addShould(atVersion(id, time));
            }
        }
        if (gone.getShouldCount() > 0) {
            collection.remove(gone.build());
        }
    }

    private void write(List<UUID> ids) throws StoreUnavailableException {
        List<PointVersion> versions = new ArrayList<>();
        for (UUID id : ids) {
            ExpectedPoint point = expected.get(id);
            if (point != null && expected.verdict(id).kind() != Kind.EXTRA) {
                versions.add(point.version());
            }
        }
        if (!versions.isEmpty()) {
            collection.write(versions);
        }
    }

    /** The point as it was when it was looked at; of what has no time, whatever it is. */
    private static Condition atVersion(UUID id, Instant time) {
        Filter.Builder point = Filter.newBuilder().addMust(hasId(PointIdFactory.id(id)));
        if (!time.equals(Instant.MIN)) {
            Timestamp at = Timestamp.newBuilder()
                    .setSeconds(time.getEpochSecond())
                    .setNanos(time.getNano())
                    .build();
            point.addMust(datetimeRange(
                    "event_time",
                    DatetimeRange.newBuilder().setGte(at).setLte(at).build()));
        }
        return filter(point.build());
    }
}
