package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplittingSinkTest {
    private static final Partition ONE = new Partition("t", 1);
    private static final Partition TWO = new Partition("t", 2);

    private final NarrowSink store = new NarrowSink();
    private final SplittingSink<String> sink = new SplittingSink<>(store);

    /** Takes so many deliveries at once and no more. */
    private static final class NarrowSink implements Sink<String> {
        private final List<Batch<String>> written = new ArrayList<>();
        private int width = Integer.MAX_VALUE;
        private boolean away;
        private String slow = "";

        @Override
        public void write(Batch<String> batch, Refusals refusals) throws StoreUnavailableException {
            if (away && (slow.isEmpty() || batch.deliveries().isEmpty())) {
                throw new StoreUnavailableException("away", new IllegalStateException());
            }
            if (batch.deliveries().stream()
                    .anyMatch(delivery -> delivery.content().equals(slow))) {
                throw StoreUnavailableException.tooSlow("too slow", new IllegalStateException());
            }
            if (batch.deliveries().size() > width) {
                throw StoreUnavailableException.overload("too much", new IllegalStateException());
            }
            refusals.accept(List.of());
            written.add(batch);
        }

        @Override
        public void close() {}
    }

    @Test
    void aBatchThatIsTooMuchIsWrittenInPiecesInTheEnd() throws Exception {
        store.width = 3;
        Batch<String> batch = batch(10);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> sink.write(batch, rejections -> {}));
        }
        sink.write(batch, rejections -> {});
        assertThat(store.written)
                .hasSize(4)
                .allSatisfy(piece -> assertThat(piece.deliveries()).hasSizeLessThanOrEqualTo(3));
        assertThat(store.written.stream().flatMap(piece -> piece.deliveries().stream()))
                .containsExactlyElementsOf(batch.deliveries());
    }

    @Test
    void goesBackToWholeBatchesWhenTheStoreKeepsUp() throws Exception {
        store.width = 5;
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> sink.write(batch(10), rejections -> {}));
        sink.write(batch(10), rejections -> {});
        store.width = 10;
        sink.write(batch(10), rejections -> {});
        assertThat(store.written).hasSize(3);
    }

    @Test
    void anOutageIsNoReasonToWriteInPieces() throws Exception {
        store.away = true;
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> sink.write(batch(10), rejections -> {}));
        store.away = false;
        sink.write(batch(10), rejections -> {});
        assertThat(store.written).hasSize(1);
    }

    @Test
    void aRowThatAloneTakesTooLongThreeTimesIsRefused() throws Exception {
        store.slow = ONE + "@6";
        RecordingRefusals refusals = new RecordingRefusals();
        Batch<String> batch = batch(10);
        int tries = 0;
        while (refusals.accepted().isEmpty()) {
            assertThat(++tries).isLessThan(20);
            try {
                sink.write(batch, refusals);
            } catch (StoreUnavailableException e) {
                assertThat(e.isTooSlow()).isTrue();
            }
        }
        assertThat(refusals.accepted()).singleElement().satisfies(rejection -> {
            assertThat(rejection.reason()).isEqualTo("DB_ROW_TIMEOUT");
            assertThat(rejection.record().offset()).isEqualTo(6);
        });
        assertThat(store.written.stream()
                        .flatMap(piece -> piece.deliveries().stream())
                        .map(Delivery::content))
                .contains(ONE + "@9")
                .doesNotContain(ONE + "@6");
    }

    @Test
    void aStoreThatIsAwayWhenARowIsToBeRefusedMakesNoRejection() {
        store.slow = ONE + "@0";
        RecordingRefusals refusals = new RecordingRefusals();
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> sink.write(batch(1), refusals));
        }
        store.away = true;
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> sink.write(batch(1), refusals));
        assertThat(refusals.accepted()).isEmpty();
    }

    @Test
    void piecesCoverTheOffsetsOfTheWholeWithoutGapOrOverlap() {
        List<Delivery<String>> deliveries = List.of(
                delivery(ONE, 5),
                delivery(ONE, 7),
                delivery(TWO, 0),
                delivery(ONE, 8),
                delivery(TWO, 3),
                delivery(TWO, 4));
        Partition empty = new Partition("t", 3);
        Map<Partition, Span> spans = Map.of(ONE, new Span(4, 12), TWO, new Span(0, 5), empty, new Span(20, 22));
        for (int most = 1; most <= 8; most++) {
            List<Batch<String>> pieces = new Batch<>(deliveries, spans).inPieces(most);
            assertThat(pieces.stream().flatMap(piece -> piece.deliveries().stream()))
                    .containsExactlyElementsOf(deliveries);
            spans.forEach((partition, span) -> {
                long next = span.from();
                for (Batch<String> piece : pieces) {
                    Span part = piece.spans().get(partition);
                    if (part != null) {
                        assertThat(part.from()).isEqualTo(next);
                        next = part.to();
                    }
                }
                assertThat(next).isEqualTo(span.to());
            });
        }
    }

    private static Batch<String> batch(int size) {
        List<Delivery<String>> deliveries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            deliveries.add(delivery(ONE, i));
        }
        return Batch.of(deliveries);
    }

    private static Delivery<String> delivery(Partition partition, long offset) {
        return new Delivery<>(
                new SourceRecord(partition, offset, Instant.EPOCH, null, null, List.of()), partition + "@" + offset);
    }
}
