package dev.dise.operations.letters;

import dev.dise.operations.letters.LetterIndex.Indexed;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the content of letters again, by where they are; in the order in which letters of one key were refused. */
final class LetterReader {
    private final KafkaClients clients;
    private final Map<Partition, Long> ends;

    /** @param ends where the topic ended when it was looked through */
    LetterReader(KafkaClients clients, Map<Partition, Long> ends) {
        this.clients = clients;
        this.ends = ends;
    }

    /**
     * Gives each letter once.
     *
     * @return the letters that are no longer there
     */
    Collection<LetterEntry> read(Collection<Indexed> wanted, Consumer<Letter> each) {
        Map<LetterId, LetterEntry> missing = new HashMap<>();
        Map<Partition, Long> starts = new HashMap<>(ends);
        for (Indexed letter : wanted) {
            missing.put(letter.entry().id(), letter.entry());
            starts.merge(letter.partition(), letter.offset(), Math::min);
        }
        if (missing.isEmpty()) {
            return missing.values();
        }
        try (TopicScan scan = TopicScan.open(clients, Topic.DEAD_LETTERS.topicName(), new ScanStart.At(starts))) {
            for (List<SourceRecord> records = scan.next();
                    !records.isEmpty() && !missing.isEmpty();
                    records = scan.next()) {
                for (SourceRecord record : records) {
                    LetterEntry entry = missing.remove(LetterId.of(record));
                    if (entry != null) {
                        each.accept(new Letter(entry, record));
                    }
                }
            }
        }
        return missing.values();
    }
}
