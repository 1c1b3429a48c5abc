package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.runtime.Health;
import dev.dise.schemas.Topic;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SinkWorkerTest {
    private static final TopicPartition P0 = new TopicPartition(Topic.BULK.topicName(), 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
        @Override
        public void close(CloseOptions options) {
            if (!closed()) {
                committedAtClose = committed(Set.of(P0));
            }
            super.close(options);
        }
    };
    private final Health health = new Health();
    private final InMemorySink store = new InMemorySink();
    private final RecordingRefusals refusals = new RecordingRefusals();
    private volatile Map<TopicPartition, ?> committedAtClose = Map.of();

    @Test
    void aBugEndsTheWorkerLoudlyWithNothingCommitted() {
        SinkWorker<DecodedEvent> worker = start(new FlakySink<>(store, FlakySink.Fault.BUG));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> worker.ended().get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(IllegalStateException.class);
        worker.close();
        assertThat(committedAtClose).isEmpty();
        assertThat(health.isLive()).isFalse();
        assertThat(health.parts().get("test")).extracting("detail").asString().contains("a bug");
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void closingEndsTheWorkerAndItsSinkAndMayBeRepeated() throws Exception {
        SinkWorker<DecodedEvent> worker = start(store);
        worker.close();
        worker.close();
        worker.ended().get(10, TimeUnit.SECONDS);
        assertThat(store.isClosed()).isTrue();
        assertThat(consumer.closed()).isTrue();
        assertThat(health.isLive()).isTrue();
    }

    private SinkWorker<DecodedEvent> start(Sink<DecodedEvent> sink) {
        consumer.updateBeginningOffsets(Map.of(P0, 0L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(P0));
            consumer.addRecord(new ConsumerRecord<>(P0.topic(), 0, 0, null, new byte[0]));
        });
        var parts = new SinkWorker.Parts<>(
                "test",
                Topic.BULK.topicName(),
                new EventDecoder(),
                sink,
                refusals,
                null,
                Backoff.standard(),
                Clock.systemUTC(),
                health);
        return SinkWorker.start(parts, consumer);
    }
}
