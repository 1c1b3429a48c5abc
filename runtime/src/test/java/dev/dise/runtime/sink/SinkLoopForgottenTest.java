package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.Failpoints;
import dev.dise.schemas.EnvelopeHeaders;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class SinkLoopForgottenTest extends SinkLoopRig {
    @Test
    void whatIsLeftOutIsNeitherWrittenNorRefusedAndIsDoneWith() {
        SinkWorker.Parts<DecodedEvent> usual = parts(store, refusals, null);
        SinkLoop<DecodedEvent> loop = new SinkLoop<>(
                new SinkWorker.Parts<>(
                        usual.name(),
                        usual.topic(),
                        usual.decoder(),
                        usual.sink(),
                        usual.deadLetters(),
                        null,
                        usual.backoff(),
                        usual.clock(),
                        usual.health(),
                        Failpoints.none(),
                        record -> !"b".equals(record.header(EnvelopeHeaders.ID))),
                consumer);
        consumer.subscribe(List.of(TOPIC), loop);
        consumer.updateBeginningOffsets(beginnings);
        assign(loop, P0, P1);
        add(P0, 0, "a");
        add(P0, 1, "b");
        addGarbage(P0, 2);
        loop.step();
        assertThat(store.writtenIds()).containsExactly("b");
        assertThat(refusals.accepted()).isEmpty();
        assertThat(committed()).isEqualTo(Map.of(P0, new OffsetAndMetadata(3)));
    }
}
