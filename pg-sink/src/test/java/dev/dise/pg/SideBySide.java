package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.RecordingRefusals;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Several sinks that write at once, each in a thread of its own and from a partition of its own. */
final class SideBySide {
    private final DataSource connections;
    private final int batchSize;

    SideBySide(DataSource connections, int batchSize) {
        this.connections = connections;
        this.batchSize = batchSize;
    }

    /** Returns when everything is written; fails with what any of them fails with. */
    void write(List<List<Event>> perSink) throws Exception {
        CyclicBarrier together = new CyclicBarrier(perSink.size());
        List<Callable<Void>> sinks = new ArrayList<>();
        for (List<Event> events : perSink) {
            Partition partition = new Partition("topic-" + EventIds.next(), sinks.size());
            sinks.add(() -> {
                together.await();
                write(events, new EventDeliveries(partition));
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(sinks.size())) {
            for (Future<Void> done : threads.invokeAll(sinks)) {
                done.get();
            }
        }
    }

    private void write(List<Event> events, EventDeliveries deliveries) throws Exception {
        RecordingRefusals refusals = new RecordingRefusals();
        PgSink sink = new PgSink(connections);
        for (int from = 0; from < events.size(); from += batchSize) {
            List<Event> batch = events.subList(from, Math.min(from + batchSize, events.size()));
            sink.write(Batch.of(deliveries.all(batch)), refusals);
        }
        assertThat(refusals.accepted()).isEmpty();
    }
}
