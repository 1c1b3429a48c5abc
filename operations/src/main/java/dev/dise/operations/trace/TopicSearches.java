package dev.dise.operations.trace;

import dev.dise.operations.Progress;
import dev.dise.operations.trace.Trace.Searched;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Looks through several topics side by side; what one finds tells the others whether they can find anything. */
final class TopicSearches implements TopicSearch.Watch {
    private final KafkaClients clients;
    private final Sought sought;
    private final Rules rules;
    private final boolean everyCopy;
    private final Progress progress;
    private final AtomicReference<@Nullable Envelope> envelope = new AtomicReference<>();
    private final Map<String, long[]> places = new ConcurrentHashMap<>();
    private final List<Searched> searched = new ArrayList<>();

    TopicSearches(KafkaClients clients, Sought sought, Rules rules, boolean everyCopy, Progress progress) {
        this.clients = clients;
        this.sought = sought;
        this.rules = rules;
        this.everyCopy = everyCopy;
        this.progress = progress;
    }

    /**
     * The records in these topics, in the order of the topics.
     *
     * @param from no record that a topic got before then is looked at; null for all
     */
    List<SourceRecord> search(List<String> topics, @Nullable Instant from) {
        ScanStart start = from == null ? new ScanStart.Beginning() : new ScanStart.Since(from);
        List<SourceRecord> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, topics.size()))) {
            List<Future<TopicSearch.Result>> results = topics.stream()
                    .map(topic -> threads.submit(new TopicSearch(clients, topic, start, this)))
                    .toList();
            for (Future<TopicSearch.Result> result : results) {
                TopicSearch.Result each = result.get();
                found.addAll(each.records());
                searched.add(new Searched(each.topic(), from, each.looked()));
            }
            return found;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("a topic cannot be looked through", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for an event", e);
        }
    }

    /** What was looked through until now. */
    List<Searched> searched() {
        return searched;
    }

    @Override
    public boolean isSought(SourceRecord record) {
        return sought.isOf(record);
    }

    @Override
    public void found(SourceRecord record) {
        FoundRecords.envelopeOf(record).ifPresent(envelope::set);
    }

    @Override
    public boolean isInVain(String topic) {
        Envelope known = envelope.get();
        if (known == null || everyCopy) {
            return false;
        }
        Set<Topic> topics = rules.topicsOf(known);
        return (topic.equals(Topic.BULK.topicName()) && !topics.contains(Topic.BULK))
                || (topic.equals(Topic.RAG.topicName()) && !topics.contains(Topic.RAG));
    }

    @Override
    public boolean everyCopy() {
        return everyCopy;
    }

    @Override
    public void at(String topic, long done, long total) {
        places.put(topic, new long[] {done, total});
        long allDone = places.values().stream().mapToLong(place -> place[0]).sum();
        long all = places.values().stream().mapToLong(place -> place[1]).sum();
        synchronized (progress) {
            progress.at(allDone, all);
        }
    }
}
