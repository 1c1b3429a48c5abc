package dev.dise.operations.forget;

import dev.dise.operations.slice.Patience;
import dev.dise.operations.slice.SliceProgress;
import dev.dise.operations.slice.SliceReader;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the records of a subject in the logs, which are not written again. */
record Remaining(KafkaClients kafka, Patience patience) {
    private static final List<Topic> LOGS = List.of(Topic.EVENTS, Topic.BULK, Topic.RAG);

    /** By topic; each is read as a whole. */
    Map<String, Long> of(ForgottenSubject subject, SliceProgress progress) {
        Forgotten alone = Forgotten.nobody();
        alone.add(subject);
        Map<String, Long> counts = new TreeMap<>();
        for (Topic topic : LOGS) {
            AtomicLong count = new AtomicLong();
            new SliceReader(kafka, topic.topicName(), patience)
                    .look(
                            null,
                            records -> count.addAndGet(
                                    records.stream().filter(alone::isForgotten).count()),
                            progress);
            counts.put(topic.topicName(), count.get());
        }
        return counts;
    }
}
