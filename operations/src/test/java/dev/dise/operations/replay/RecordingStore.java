package dev.dise.operations.replay;

import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreReplay;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store in memory that keeps ids, can be away, and refuses the event {@code bad}. */
final class RecordingStore implements StoreReplay {
    final Set<String> ids = new HashSet<>();
    int outages;
    int killedAfter = Integer.MAX_VALUE;
    private int written;

    @Override
    public String topic() {
        return Topic.BULK.topicName();
    }

    @Override
    public @Nullable String toolOf(SourceRecord record) {
        return null;
    }

    @Override
    public Written write(List<SourceRecord> records, Refusals refusals) throws StoreUnavailableException {
        if (outages-- > 0) {
            throw new StoreUnavailableException("the store is away", new IllegalStateException("test"));
        }
        List<Rejection> bad = new ArrayList<>();
        long fresh = 0;
        for (SourceRecord record : records) {
            String id = String.valueOf(record.header(EnvelopeHeaders.ID));
            if (++written > killedAfter) {
                throw new IllegalArgumentException("killed");
            }
            if (id.equals("bad")) {
                bad.add(new Rejection(record, "TEST", "refused by a test"));
            } else if (ids.add(id)) {
                fresh++;
            }
        }
        refusals.accept(bad);
        return new Written(fresh, records.size() - fresh - bad.size(), bad.size());
    }

    @Override
    public void close() {}
}
