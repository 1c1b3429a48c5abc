package dev.dise.operations.forget;

import dev.dise.operations.slice.Patience;
import dev.dise.operations.slice.SliceProgress;
import dev.dise.pg.PgForgetting;
import dev.dise.rag.ForgottenPoints;
import dev.dise.rag.ForgottenVectors;
import dev.dise.rag.VectorEnd;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.Partition;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** The places from which a subject can be removed, one after the other. */
final class Places {
    private final DiseConfig config;
    private final KafkaClients kafka;
    private final ForgottenSubject subject;
    private final Patience patience;
    private final SliceProgress progress;

    Places(DiseConfig config, KafkaClients kafka, ForgottenSubject subject, Patience patience, SliceProgress progress) {
        this.config = config;
        this.kafka = kafka;
        this.subject = subject;
        this.patience = patience;
        this.progress = progress;
    }

    /** Looks, and changes nothing. */
    Found look() {
        List<VectorEnd> ends = new ForgottenVectors(kafka).find(subject, told("looking through vectors"));
        Map<String, Long> points;
        try (ForgottenPoints qdrant = ForgottenPoints.in(config.rag().qdrant())) {
            points = patience.with(progress, () -> qdrant.count(subject, ends));
        }
        Map<Partition, Long> letters = letters().count();
        long all = letters.values().stream().mapToLong(Long::longValue).sum();
        return rowsAndFiles(false).plus(new Found(Map.of(), Map.of(), points, ends.size(), all));
    }

    /** Removes, and says what. */
    Found remove() {
        ForgottenVectors vectors = new ForgottenVectors(kafka);
        List<VectorEnd> ends = vectors.find(subject, told("looking through vectors"));
        Map<String, Long> points;
        try (ForgottenPoints qdrant = ForgottenPoints.in(config.rag().qdrant())) {
            // Before the ends are written: until then the topic says which points there are.
            points = patience.with(progress, () -> qdrant.remove(subject, ends));
        }
        patience.with(progress, () -> {
            vectors.write(ends);
            return true;
        });
        long letters = patience.with(progress, () -> letters().remove());
        return rowsAndFiles(true).plus(new Found(Map.of(), Map.of(), points, ends.size(), letters));
    }

    private Found rowsAndFiles(boolean removes) {
        if (!config.database().enabled()) {
            return Found.NOTHING;
        }
        PgForgetting postgres = PgForgetting.of(config.database());
        Map<String, Long> rows =
                patience.with(progress, () -> removes ? postgres.removeRows(subject) : postgres.countRows(subject));
        // After the rows, so that a keeper cannot put them into a file that was looked through.
        LongConsumer told = told("looking through archives");
        Map<String, Long> files = patience.with(
                progress, () -> removes ? postgres.removeFromFiles(subject, told) : postgres.countFiles(subject, told));
        return new Found(rows, files, Map.of(), 0, 0);
    }

    private ForgottenLetters letters() {
        Forgotten alone = Forgotten.nobody();
        alone.add(subject);
        return new ForgottenLetters(kafka, alone);
    }

    private LongConsumer told(String phase) {
        return done -> progress.at(phase, done, 0);
    }
}
