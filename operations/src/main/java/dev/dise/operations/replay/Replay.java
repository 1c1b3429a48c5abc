package dev.dise.operations.replay;

import dev.dise.operations.slice.Audit;
import dev.dise.operations.slice.Patience;
import dev.dise.operations.slice.Reach;
import dev.dise.operations.slice.SliceProgress;
import dev.dise.operations.slice.SliceReader;
import dev.dise.pg.PgReplay;
import dev.dise.rag.QdrantReplay;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.generations.GapException;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.DeadLetters;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreReplay;
import dev.dise.runtime.sink.StoreReplay.Written;
import dev.dise.schemas.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends past records of a store's topic through its sink again, beside the sink that runs. What is stored already stays as it
 * is: each event once, the newest version wins. A row says where its record is in the topic, as before. What the store refuses
 * becomes a dead letter; while the store is away it waits.
 */
public final class Replay implements AutoCloseable {
    /** Records of one write at most. */
    private static final int BATCH = 500;

    private final KafkaClients kafka;
    private final StoreReplay store;
    private final Audit audit;
    private final Patience patience;
    private final Clock clock;

    /**
     * @param store closed together with this
     */
    public Replay(KafkaClients kafka, StoreReplay store, Audit audit, Patience patience, Clock clock) {
        this.kafka = kafka;
        this.store = store;
        this.audit = audit;
        this.patience = patience;
        this.clock = clock;
    }

    /** Into a store that the config names. */
    public static Replay to(Store store, DiseConfig config, Audit audit) {
        StoreReplay target = store == Store.POSTGRES ? PgReplay.of(config.database()) : QdrantReplay.of(config.rag());
        return new Replay(new KafkaClients(config.kafka()), target, audit, Patience.standard(), Clock.systemUTC());
    }

    /** Counts what would be sent, and changes nothing. */
    public ReplayReport plan(ReplayRequest request, SliceProgress progress) {
        String gap = gap(request);
        Selection selection = selection(request);
        long read = reader().look(request.since(), selection::of, progress);
        return new ReplayReport(
                request.store(), true, false, read, selection.matched(), selection.forgotten(), null, null, null, gap);
    }

    /**
     * Sends them. Killed at any moment, the same again goes on.
     *
     * @param by who wants it
     * @throws GapException if the topic no longer reaches back that far, and the request does not accept that
     */
    public ReplayReport run(ReplayRequest request, String by, SliceProgress progress) {
        String gap = gap(request);
        if (gap != null && !request.acceptGap()) {
            throw new GapException(gap + ". Nothing was sent; what is left can be sent with --accept-gap");
        }
        Selection selection = selection(request);
        SliceReader.Slice slice = new SliceReader.Slice("replay", request.name(), request.since(), request.restart());
        SliceReader.Result result;
        Tally tally = new Tally();
        try (DeadLetters letters = deadLetters(request.store())) {
            result = reader().read(slice, records -> send(selection.of(records), letters, tally, progress), progress);
        }
        ReplayReport report = report(request, selection, result, tally.written, gap);
        audit.note(new Audit.Entry(
                "replay",
                by,
                clock.instant(),
                request.store().wireName(),
                Map.of("read", report.read(), "matched", report.matched(), "refused", tally.written.refused())));
        return report;
    }

    @Override
    public void close() {
        store.close();
    }

    private static final class Tally {
        private Written written = Written.NOTHING;
    }

    private void send(List<SourceRecord> records, Refusals letters, Tally tally, SliceProgress progress) {
        for (int from = 0; from < records.size(); from += BATCH) {
            List<SourceRecord> piece = records.subList(from, Math.min(from + BATCH, records.size()));
            tally.written = tally.written.plus(patience.with(progress, () -> store.write(piece, letters)));
        }
    }

    private Selection selection(ReplayRequest request) {
        return new Selection(request.filter(), store, Forgotten.now(kafka));
    }

    private SliceReader reader() {
        return new SliceReader(kafka, store.topic(), patience);
    }

    private @Nullable String gap(ReplayRequest request) {
        return Reach.gap(kafka, store.topic(), request.since()).orElse(null);
    }

    /** By the name of the stage that refuses the same in the sink. */
    private DeadLetters deadLetters(Store target) {
        String stage = target == Store.POSTGRES ? "pg-sink" : "rag-sink-write";
        return new DeadLetters(stage, kafka.producer("replay-dead-letters"), new SimpleMeterRegistry(), clock);
    }

    private static ReplayReport report(
            ReplayRequest request,
            Selection selection,
            SliceReader.Result result,
            Written written,
            @Nullable String gap) {
        return new ReplayReport(
                request.store(),
                false,
                result.resumed(),
                result.read(),
                selection.matched(),
                selection.forgotten(),
                written.written(),
                written.there() < 0 ? null : written.there(),
                written.refused(),
                gap);
    }
}
