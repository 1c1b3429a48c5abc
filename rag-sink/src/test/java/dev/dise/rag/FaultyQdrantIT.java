package dev.dise.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dise.rag.FaultyQdrant.Fault;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.config.Secret;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.RecordingRefusals;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.data.Artifact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong between the sink and Qdrant costs time, and never a point. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll and @BeforeEach
class FaultyQdrantIT {
    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final int POINTS = 50;

    private static QdrantStack qdrant;

    private final RecordingRefusals refusals = new RecordingRefusals();
    private FaultyQdrant proxy;

    @BeforeAll
    static void startQdrant(@TempDir Path directory) {
        qdrant = QdrantStack.start(directory);
    }

    @AfterAll
    static void stopQdrant() {
        qdrant.close();
    }

    @BeforeEach
    void openProxy() {
        proxy = FaultyQdrant.before(qdrant.port());
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFaultIsAnOutageAfterWhichTheSameBatchIsWritten(Fault fault) throws Exception {
        String collection = "fault-" + fault.name().toLowerCase(Locale.ROOT);
        Batch<PointChange> batch = batch();
        try (QdrantSink sink = sink(collection)) {
            sink.open();
            proxy.then(fault, fault);
            for (int i = 0; i < 2; i++) {
                StoreUnavailableException failure =
                        catchThrowableOfType(StoreUnavailableException.class, () -> sink.write(batch, refusals));
                assertThat(failure.leastWait())
                        .isEqualTo(
                                fault == Fault.OVERLOADED
                                        ? Duration.ofSeconds(FaultyQdrant.RETRY_AFTER_SECONDS)
                                        : Duration.ZERO);
            }
            sink.write(batch, refusals);
        }
        assertThat(qdrant.points(collection)).hasSize(POINTS);
        assertThat(refusals.accepted()).isEmpty();
    }

    @Test
    void faultsInAnyOrderLeaveEveryPointOnce() throws Exception {
        long seed = RandomGenerator.getDefault().nextLong(1_000_000);
        Random random = new Random(seed);
        List<Fault> faults = List.of(Fault.UNAVAILABLE, Fault.ANSWER_LOST, Fault.OVERLOADED, Fault.NOT_APPLIED);
        proxy.always(() -> random.nextInt(3) == 0 ? Fault.NONE : faults.get(random.nextInt(faults.size())));
        List<Delivery<PointChange>> changes = batch().deliveries();
        try (QdrantSink sink = sink("any")) {
            sink.open();
            for (int from = 0; from < POINTS; from += 5) {
                writeUntilDone(sink, Batch.of(changes.subList(from, from + 5)));
            }
        }
        assertThat(qdrant.points("any")).as("seed %d", seed).hasSize(POINTS);
        assertThat(refusals.accepted()).as("seed %d", seed).isEmpty();
    }

    private void writeUntilDone(QdrantSink sink, Batch<PointChange> batch) {
        for (int attempt = 0; attempt < 200; attempt++) {
            try {
                sink.write(batch, refusals);
                return;
            } catch (StoreUnavailableException e) {
                // The loop would wait; the test has no time for it.
            }
        }
        throw new AssertionError("not written in 200 attempts");
    }

    private QdrantSink sink(String collection) throws StoreUnavailableException {
        Qdrant config = new Qdrant("127.0.0.1", proxy.port(), false, new Secret(""), collection, 1);
        return new QdrantSink(
                qdrant.store(collection, 1, new QdrantLink(config, DEADLINE)),
                VectorRecords.MODEL.dimension(),
                Failpoints.none());
    }

    private static Batch<PointChange> batch() throws Exception {
        EventDeliveries deliveries = new EventDeliveries(new Partition("dise.rag", 0));
        return Batch.of(new VectorRecords()
                .of(deliveries.all(IntStream.range(0, POINTS)
                        .mapToObj(i -> Event.of("urn:dise:test", Artifact.of(EventType.PLAN, "p" + i, "n" + i, "x")))
                        .toList())));
    }
}
