package dev.dise.runtime.sink;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code dise.forgotten} beside a service, in a thread of its own: what is added there is known here within a second,
 * while Kafka can be reached; without Kafka nothing comes that could be left out.
 */
public final class ForgottenReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ForgottenReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MOST = 500;

    private final Forgotten forgotten = Forgotten.unread();
    private final Consumer<byte[], byte[]> consumer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean isRead;

    private ForgottenReader(Consumer<byte[], byte[]> consumer, String name) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::follow);
    }

    /**
     * Begins to read the list, and follows it from then on; who asks before it is read waits. Kafka may come later.
     *
     * @param service whose reader it is
     */
    public static ForgottenReader start(KafkaClients kafka, String service) {
        String name = service + "-forgotten";
        ForgottenReader reader = new ForgottenReader(kafka.reader(name, MOST), name);
        reader.thread.start();
        return reader;
    }

    /** The list as it is known here; it grows. */
    public Forgotten forgotten() {
        return forgotten;
    }

    @Override
    public void close() {
        closed.countDown();
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.FORGOTTEN.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + Topic.FORGOTTEN.topicName() + " yet");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
        forgotten.markRead();
        isRead = true;
    }

    private void poll() {
        consumer.poll(POLL).forEach(record -> forgotten.note(record.value()));
    }

    private void follow() {
        try (consumer) {
            while (closed.getCount() > 0) {
                pollPatiently();
            }
        } catch (WakeupException e) {
            // It is closed.
            log.atDebug().log("no longer followed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pollPatiently() throws InterruptedException {
        try {
            if (isRead) {
                poll();
            } else {
                readAll();
            }
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            log.atWarn()
                    .addKeyValue("reason", e.toString())
                    .log("the list of the forgotten is not followed, will retry");
            // Either way the next thing is to look again.
            boolean unused = closed.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
