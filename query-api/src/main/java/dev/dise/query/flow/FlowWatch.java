package dev.dise.query.flow;

import dev.dise.query.flow.Flow.StoreState;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.Hop;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.Line;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the line twice a second as long as somebody wants to see it, and not at all otherwise. Counters are the topics' own,
 * so they are true however many look. Thread-safe.
 */
public final class FlowWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FlowWatch.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    /** A minute of samples. */
    private static final int SAMPLES = 120;
    /** Looks of a minute ago say nothing of now. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(10);

    private static final int LOOKS_A_STATE = 4;
    private static final int LOOKS_A_ROOM = 20;

    private final DiseConfig config;
    private final Supplier<List<StoreState>> stores;
    private final LongSupplier dropped;
    private final Clock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Room room = new Room();
    private volatile long wantedAt;
    private @Nullable Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Flow flow;
    private volatile String problem = "";

    /**
     * Watches nothing yet.
     *
     * @param stores asked every two seconds while somebody looks; may take its time
     * @param dropped how many events emitters told of as lost
     */
    public FlowWatch(DiseConfig config, Supplier<List<StoreState>> stores, LongSupplier dropped, Clock clock) {
        this.config = config;
        this.stores = stores;
        this.dropped = dropped;
        this.clock = clock;
    }

    /** The line as it was at the last look; null until there was one. Asking keeps the looks coming. */
    public @Nullable Flow look() {
        wantedAt = System.nanoTime();
        begin();
        return flow;
    }

    /** Why there is nothing to see; empty if there is. */
    public String problem() {
        return problem;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void begin() {
        if (thread == null && !closed) {
            samples.clear();
            thread = Thread.ofPlatform().daemon().name("flow").start(this::watch);
        }
    }

    private synchronized void end() {
        thread = null;
        flow = null;
    }

    private boolean isWanted() {
        return !closed && System.nanoTime() - wantedAt < FORGOTTEN.toNanos();
    }

    private void watch() {
        try (Line line = new Line(config);
                Admin admin = new KafkaClients(config.kafka()).admin()) {
            List<StoreState> states = List.of();
            long lost = 0;
            for (int look = 0; isWanted(); look++) {
                if (look % LOOKS_A_STATE == 0) {
                    states = stores.get();
                    lost = dropped.getAsLong();
                }
                if (look % LOOKS_A_ROOM == 0) {
                    lookAtRoom(admin);
                }
                sample(line, states, lost);
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            problem = "Kafka cannot be reached: " + e.getMessage();
            log.atWarn().setCause(e).log("the line cannot be watched");
        } finally {
            end();
        }
    }

    private void lookAtRoom(Admin admin) throws InterruptedException {
        try {
            room.look(admin);
        } catch (ExecutionException | TimeoutException e) {
            // How much room there is stays unknown; the line is shown without it.
            log.atDebug().setCause(e).log("no look at Kafka's disks");
        }
    }

    private void sample(Line line, List<StoreState> states, long lost) {
        try {
            samples.addLast(new Sample(System.nanoTime(), line.look(), line.deadLetters()));
            if (samples.size() > SAMPLES) {
                samples.removeFirst();
            }
            flow = flowOf(List.copyOf(samples), states, lost);
            problem = "";
        } catch (IllegalStateException e) {
            // Kafka is away; the next look may find it.
            problem = String.valueOf(e.getMessage());
            flow = null;
        }
    }

    private Flow flowOf(List<Sample> all, List<StoreState> states, long lost) {
        Sample now = all.getLast();
        Keeping keeping = new Keeping(all);
        List<Reader> readers = new ArrayList<>();
        for (Hop hop : now.hops()) {
            readers.add(keeping.of(hop));
        }
        Reader slowest = readers.stream()
                .max(Comparator.comparingInt(reader -> severity(reader.state())))
                .orElseThrow();
        Reader first = readers.stream()
                .filter(reader -> reader.topic().equals(Topic.EVENTS.topicName()))
                .findFirst()
                .orElseThrow();
        Sample before = all.getFirst();
        double letterRate = (now.deadLetters() - before.deadLetters()) / Math.max(1, now.secondsSince(before));
        FlowGraph graph = new FlowGraph(readers, states, now.deadLetters(), letterRate);
        return new Flow(
                EnvelopeHeaders.formatTime(clock.instant()),
                first.records(),
                first.rateIn(),
                readers.stream().mapToLong(Reader::lag).sum(),
                now.deadLetters(),
                lost,
                slowest.state(),
                slowest.etaSeconds(),
                graph.nodes(),
                graph.edges(),
                readers,
                Remarks.of(readers, states, room.seconds()));
    }

    private static int severity(String state) {
        return List.of("caught up", "draining", "growing", "stalled").indexOf(state);
    }
}
