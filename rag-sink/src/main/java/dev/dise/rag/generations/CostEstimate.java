package dev.dise.rag.generations;

import dev.dise.embedding.EmbedderErrors;
import dev.dise.embedding.ModelCard;
import dev.dise.embedding.Models;
import dev.dise.embedding.TokenCount;
import dev.dise.rag.ArtifactTexts;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Topic;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads {@code dise.rag} and tells what embedding all of it would cost. It embeds a sample, and writes nothing. */
final class CostEstimate {
    private static final int SAMPLE = 64;
    private static final int WARM_UP = 4;
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double MILLION = 1e6;

    private final EventDecoder decoder = new EventDecoder();
    /** 16 bytes of each text: a million texts take some 80 MiB. */
    private final Set<UUID> seen = new HashSet<>();

    private final List<String> sample = new ArrayList<>();
    private long events;
    private long texts;
    private long tokens;

    /**
     * @param pricePerMillion of tokens; null if it is not known
     */
    Cost of(
            ModelCard card,
            @Nullable Double pricePerMillion,
            KafkaClients kafka,
            Models models,
            WorkProgress progress) {
        try (TokenCount counter = card.provider() == RagConfig.Provider.ONNX ? new TokenCount() : null;
                TopicScan scan = TopicScan.open(kafka, Topic.RAG.topicName(), new ScanStart.Beginning())) {
            for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                count(records, counter);
                progress.at("counting", scan.done(), scan.total());
            }
            double rate = Patiently.call(() -> rate(models.of(card)));
            return new Cost(
                    events,
                    texts,
                    seen.size(),
                    tokens,
                    counter != null,
                    rate,
                    rate == 0 ? 0 : seen.size() / rate / SECONDS_PER_MINUTE,
                    pricePerMillion == null ? null : tokens / MILLION * pricePerMillion);
        }
    }

    private void count(List<SourceRecord> records, @Nullable TokenCount counter) {
        List<String> fresh = new ArrayList<>();
        for (SourceRecord record : records) {
            try {
                List<String> chunks = ArtifactTexts.of(decoder.decode(record));
                events += chunks.isEmpty() ? 0 : 1;
                texts += chunks.size();
                chunks.stream().filter(text -> seen.add(keyOf(text))).forEach(fresh::add);
            } catch (InvalidEventException e) {
                // A dead letter already: it is never embedded, and the rest is counted.
            }
        }
        tokens += counter == null
                ? fresh.stream().mapToLong(ArtifactTexts::estimatedTokens).sum()
                : counter.of(fresh);
        fresh.stream().limit(SAMPLE - (long) sample.size()).forEach(sample::add);
    }

    private static UUID keyOf(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private double rate(EmbeddingModel model) throws StoreUnavailableException {
        if (sample.isEmpty()) {
            return 0;
        }
        List<TextSegment> segments = sample.stream().map(TextSegment::from).toList();
        try {
            // The first call loads and connects.
            var unused = model.embedAll(segments.subList(0, Math.min(WARM_UP, segments.size())));
            long begin = System.nanoTime();
            var unusedToo = model.embedAll(segments);
            return segments.size() / ((System.nanoTime() - begin) / 1e9);
        } catch (RuntimeException e) {
            throw EmbedderErrors.sorted(e);
        }
    }
}
