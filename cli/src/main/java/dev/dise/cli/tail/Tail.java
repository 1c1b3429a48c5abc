package dev.dise.cli.tail;

import dev.dise.operations.tail.Passing;
import dev.dise.operations.tail.TailFilter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Shows the records of a topic as they pass. Reads by itself, in no group, so it takes nothing from anybody. What is there
 * when it begins it shows as a whole; once it follows and the line is faster than the output, it leaves records out and says
 * how many, rather than to show what was long ago.
 */
public final class Tail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** How many records it may be behind while it follows, and how many it is then brought back to. */
    private static final long MOST_BEHIND = 10_000;

    private static final long BEHIND_AFTER_SKIP = 500;

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Options options;
    private final TailView view;
    private final PrintWriter out;
    private final PrintWriter remarks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private long shown;

    /**
     * What is to be shown.
     *
     * @param limit records at most
     * @param follows whether to wait for more at the end of what is there
     * @param json whether as JSON, else as lines for people
     * @param colours whether those have colours
     */
    public record Options(
            TailStart start, TailFilter filter, long limit, boolean follows, boolean json, boolean colours) {}

    /**
     * Takes the partitions of the topic.
     *
     * @param consumer without a group; closed by this
     * @throws IllegalStateException if there is no such topic
     */
    public Tail(
            Consumer<byte[], byte[]> consumer, String topic, Options options, PrintWriter out, PrintWriter remarks) {
        this.consumer = consumer;
        this.options = options;
        this.view = options.json() ? new JsonView() : new PlainView(options.colours());
        this.out = out;
        this.remarks = remarks;
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException(
                    "there is no topic " + topic + " yet: the services make it when they start");
        }
    }

    /** Shows records until there are enough of them, or {@link #stop} is called. */
    public void run() {
        try {
            consumer.assign(partitions);
            seek(options.start());
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            boolean following = false;
            while (shown < options.limit() && (options.follows() || !following)) {
                show(consumer.poll(POLL));
                following = following || hasReached(ends);
                if (following) {
                    catchUp();
                }
            }
        } catch (WakeupException e) {
            // We are told to stop; what was shown is all there is to it.
        } finally {
            out.flush();
            ended.countDown();
        }
    }

    /** Ends {@link #run} from another thread, and waits a moment for it. */
    public void stop() {
        consumer.wakeup();
        try {
            boolean unused = ended.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void show(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Passing passing = Passing.of(record);
            if (shown < options.limit() && options.filter().takes(passing)) {
                out.println(view.line(passing));
                shown++;
            }
        }
    }

    private void seek(TailStart start) {
        switch (start) {
            case TailStart.Now now -> consumer.seekToEnd(partitions);
            case TailStart.Beginning beginning -> consumer.seekToBeginning(partitions);
            case TailStart.Since since -> seekTo(since.time().toEpochMilli());
        }
        // Seeking is lazy: what comes between now and the first poll would be missed.
        partitions.forEach(consumer::position);
    }

    private void seekTo(long millis) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, millis)));
        Map<TopicPartition, OffsetAndTimestamp> places = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp place = places.get(partition);
            if (place == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, place.offset());
            }
        }
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    }

    private void catchUp() {
        Map<TopicPartition, Long> behind = new HashMap<>();
        partitions.forEach(partition ->
                behind.put(partition, consumer.currentLag(partition).orElse(0)));
        if (behind.values().stream().mapToLong(Long::longValue).sum() <= MOST_BEHIND) {
            return;
        }
        long skipped = 0;
        for (TopicPartition partition : partitions) {
            long skip = behind.getOrDefault(partition, 0L) - BEHIND_AFTER_SKIP / partitions.size();
            if (skip > 0) {
                consumer.seek(partition, consumer.position(partition) + skip);
                skipped += skip;
            }
        }
        remarks.printf("… %,d records were skipped: they pass faster than they can be shown; ask for less%n", skipped);
        remarks.flush();
    }
}
