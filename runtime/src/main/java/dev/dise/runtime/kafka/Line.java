package dev.dise.runtime.kafka;

import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the whole line through Kafka: every topic with who reads it, in the order in which events pass. When no hop
 * lags, everything that was accepted before the look is stored or a dead letter.
 */
public final class Line implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000;

    private final Admin admin;
    private final LineReaders readers;

    /** Something that Kafka is asked. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException, TimeoutException;
    }

    public Line(DiseConfig config) {
        this.admin = new KafkaClients(config.kafka()).admin();
        this.readers = new LineReaders(config);
    }

    /**
     * Every hop, as it is now; readers are looked at before what they write to, so that nothing hides between two.
     *
     * @throws IllegalStateException if Kafka does not answer within seconds; the message says so
     */
    public List<Hop> look() {
        return answered(() -> {
            List<Hop> hops = new ArrayList<>();
            for (LineReaders.Reader reader : readers.among(groups())) {
                hops.add(look(reader));
            }
            return hops;
        });
    }

    /**
     * How many dead letters there have been.
     *
     * @throws IllegalStateException if Kafka does not answer within seconds; the message says so
     */
    public long deadLetters() {
        return answered(() -> sum(ends(Topic.DEAD_LETTERS.topicName())));
    }

    private static <T> T answered(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer; is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Kafka", e);
        }
    }

    /** Whether nothing waits anywhere. */
    public boolean isDrained() {
        return look().stream().allMatch(hop -> hop.lag() == 0);
    }

    @Override
    public void close() {
        admin.close();
    }

    private Hop look(LineReaders.Reader reader) throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(reader.group());
        String topic = committed.keySet().stream()
                .map(TopicPartition::topic)
                .findFirst()
                .orElse(reader.usual().topicName());
        Map<TopicPartition, Long> ends = ends(topic);
        long end = sum(ends);
        long read = ends.keySet().stream()
                .mapToLong(partition -> offset(committed.get(partition)))
                .sum();
        return new Hop(reader.name(), topic, end, read);
    }

    private Collection<GroupListing> groups() throws ExecutionException, InterruptedException, TimeoutException {
        return admin.listGroups().all().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Map<TopicPartition, Long> ends(String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> topics =
                admin.describeTopics(List.of(topic)).allTopicNames().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        Map<TopicPartition, OffsetSpec> latest = topics.values().stream()
                .flatMap(description -> description.partitions().stream())
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition.partition()),
                        partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }
}
