package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.PlaceLostException;
import dev.dise.runtime.sink.Span;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The place moves with the rows: one owner writes, and a lost answer is settled. */
class PgSinkPlacesIT extends PgSinkRig {
    @Test
    void ofTwoSinksWithTheSamePlaceOneWins() throws Exception {
        write(log("before", null));
        PgSink other = new PgSink(postgres.sinkConnections());
        assertThat(other.of(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 1L));
        Delivery<DecodedEvent> one = deliveries.next(log("one", null));
        Delivery<DecodedEvent> two = deliveries.next(log("two", null));
        sink.write(Batch.of(List.of(one)), refusals);
        assertThatExceptionOfType(PlaceLostException.class)
                .isThrownBy(() -> other.write(Batch.of(List.of(one, two)), refusals))
                .withMessageContaining("dise.bulk");
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("before", "one");
        assertThat(other.of(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 2L));
        other.write(Batch.of(List.of(two)), refusals);
        assertThatExceptionOfType(PlaceLostException.class)
                .isThrownBy(() -> sink.write(new Batch<>(List.of(), Map.of(PARTITION, new Span(2, 9))), refusals));
        assertThat(column("SELECT next_offset FROM dise_g1.sink_offsets")).containsExactly("3");
    }

    @Test
    void ofTwoNewSinksOneBegins() throws Exception {
        PgSink other = new PgSink(postgres.sinkConnections());
        assertThat(sink.of(Set.of(PARTITION))).isEmpty();
        assertThat(other.of(Set.of(PARTITION))).isEmpty();
        Delivery<DecodedEvent> one = deliveries.next(log("one", null));
        Delivery<DecodedEvent> two = deliveries.next(log("two", null));
        sink.write(Batch.of(List.of(one, two)), refusals);
        assertThatExceptionOfType(PlaceLostException.class)
                .isThrownBy(() -> other.write(Batch.of(List.of(one)), refusals));
        assertThat(column("SELECT count(*) FROM tool_logs")).containsExactly("2");
    }

    @Test
    void aBatchMovesEveryPlaceOrNone() throws Exception {
        Partition second = new Partition("dise.bulk", 4);
        PgSink other = new PgSink(postgres.sinkConnections());
        other.write(new Batch<>(List.of(), Map.of(second, new Span(0, 7))), refusals);
        Delivery<DecodedEvent> one = deliveries.next(log("one", null));
        Map<Partition, Span> spans = Map.of(PARTITION, new Span(0, 1), second, new Span(0, 3));
        assertThatExceptionOfType(PlaceLostException.class)
                .isThrownBy(() -> sink.write(new Batch<>(List.of(one), spans), refusals));
        assertThat(column("SELECT message FROM tool_logs")).isEmpty();
        assertThat(column("SELECT partition || '@' || next_offset FROM dise_g1.sink_offsets"))
                .containsExactly("4@7");
    }

    @Test
    void aCommitWhoseAnswerWasLostIsNotWrittenTwice() throws Exception {
        write(log("before", null));
        Batch<DecodedEvent> batch = Batch.of(deliveries.all(List.of(log("a", null), bug("b", null, 0))));
        connections.loseNextAnswer();
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> sink.write(batch, refusals));
        sink.write(batch, refusals);
        write(log("after", null));
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("before", "a", "after");
        assertThat(column("SELECT occurrences FROM tool_bugs")).containsExactly("1");
    }

    @Test
    void aPartThatWasWrittenWithALargerOneDoesNotMoveThePlaceBack() throws Exception {
        List<Delivery<DecodedEvent>> four =
                deliveries.all(List.of(log("a", null), log("b", null), log("c", null), log("d", null)));
        sink.write(Batch.of(four.subList(0, 3)), refusals);
        sink.write(Batch.of(four.subList(0, 2)), refusals);
        assertThat(column("SELECT next_offset FROM dise_g1.sink_offsets")).containsExactly("3");
        sink.write(Batch.of(four), refusals);
        assertThat(column("SELECT next_offset FROM dise_g1.sink_offsets")).containsExactly("4");
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void aBatchThatAnotherSinkHasWrittenIsTakenAsDone() throws Exception {
        Batch<DecodedEvent> batch = Batch.of(deliveries.all(List.of(log("a", null))));
        new PgSink(postgres.sinkConnections()).write(batch, refusals);
        sink.write(batch, refusals);
        write(log("b", null));
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("a", "b");
    }

    @Test
    void wrongSetUpEndsTheSinkAndWritesNothing() {
        PgSink elsewhere = new PgSink(postgres.reader());
        postgres.execute("CREATE SCHEMA IF NOT EXISTS elsewhere");
        PgSink nowhere = new PgSink(postgres.reader("postgres"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> nowhere.of(Set.of(PARTITION)))
                .withMessageContaining("42P01");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> elsewhere.write(Batch.of(deliveries.all(List.of(log("a", null)))), refusals));
        assertThat(refusals.accepted()).isEmpty();
    }
}
