package dev.dise.rag.generations;

import dev.dise.embedding.ModelCard;
import dev.dise.rag.store.Generation;
import dev.dise.rag.store.GenerationCatalog;
import dev.dise.rag.store.Source;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.generations.RebuildReport;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rebuild from its beginning, or from where a killed one was, to the switch. */
final class RebuildRun {
    private final GenerationsParts parts;
    private final RebuildLock lock;
    private final @Nullable NewModel model;
    private final RebuildOptions options;
    private final WorkProgress progress;
    private final List<Generation> before;
    private final @Nullable Generation live;
    private long records;
    private String digest = "";

    RebuildRun(
            GenerationsParts parts,
            RebuildLock lock,
            @Nullable NewModel model,
            RebuildOptions options,
            WorkProgress progress) {
        this.parts = parts;
        this.lock = lock;
        this.model = model;
        this.options = options;
        this.progress = progress;
        this.before = parts.generations();
        this.live = GenerationCatalog.live(before).orElse(null);
    }

    RebuildReport run() {
        long begin = System.nanoTime();
        Generation target = begunOrNew();
        if (target.state() == GenerationState.BUILDING) {
            fill(target);
            hit("rebuild.before_hand_over");
            Patiently.run(() -> parts.catalog().handOver(target));
        } else {
            verify(target, this::awaitBoth);
        }
        Duration switched = options.switchWhenVerified() ? switchTo(target) : Duration.ZERO;
        Patiently.run(() -> parts.catalog().close(target));
        return new RebuildReport(
                parts.info(parts.require(target.number())),
                records,
                Duration.ofNanos(System.nanoTime() - begin),
                digest,
                switched);
    }

    private Generation begunOrNew() {
        Generation begun = before.stream()
                .filter(Generation::isOpen)
                .max(Comparator.comparingInt(Generation::number))
                .orElse(null);
        if (begun == null) {
            return make();
        }
        if (!begun.model().isSameModel(wantedModel())) {
            throw new IllegalStateException("generation " + begun.number() + " with the model "
                    + begun.model().label() + " was begun and is not done: name that model, which goes on with it, or"
                    + " ./dise rebuild drop qdrant " + begun.number());
        }
        requireNoGap(begun.source());
        return begun;
    }

    private Generation make() {
        int next = Patiently.call(() -> parts.catalog().nextNumber(before));
        while (parts.places().hasRead(Generation.writeGroup(next))) {
            next++;
        }
        int number = next;
        Source source = sourceOf(number);
        requireNoGap(source);
        if (!source.topic().equals(Topic.VECTORS.topicName())) {
            parts.topics().create(source.topic());
        }
        Patiently.run(() -> parts.catalog().create(number, source, GenerationState.BUILDING));
        return parts.require(number);
    }

    private ModelCard wantedModel() {
        if (model != null) {
            return model.card();
        }
        return live != null ? live.model() : newest().model();
    }

    /** Where the vectors of the wanted model are already, or are to be. */
    private Source sourceOf(int number) {
        ModelCard wanted = wantedModel();
        if (live != null && live.model().isSameModel(wanted)) {
            return live.source();
        }
        return before.stream()
                .filter(generation ->
                        generation.isWritten() && generation.model().isSameModel(wanted))
                .findFirst()
                .map(Generation::source)
                .orElse(
                        live == null && newest().model().isSameModel(wanted)
                                ? newest()
                                : Source.ofNewModel(number, wanted));
    }

    /** Of what is there, where readers see nothing; that of a new store, if nothing is. */
    private Source newest() {
        return before.stream()
                .filter(Generation::isWritten)
                .max(Comparator.comparingInt(Generation::number))
                .map(Generation::source)
                .orElse(Source.first(parts.config().rag()));
    }

    private void requireNoGap(Source source) {
        if (options.acceptGap()) {
            return;
        }
        if (isEmbedded(source)) {
            parts.topics().requireAllPoints(source.topic());
        } else {
            parts.topics().requireAllEvents(source.embedGroup());
        }
    }

    /** Whether a sink fills the topic, or has filled it. */
    private boolean isEmbedded(Source source) {
        return before.stream()
                        .anyMatch(generation -> generation.isWritten()
                                && generation.source().topic().equals(source.topic()))
                || source.topic().equals(Topic.VECTORS.topicName());
    }

    private void fill(Generation target) {
        hit("rebuild.before_load");
        try (Rebuild rebuild = Rebuild.start(
                target, live, isEmbedded(target.source()), options, lock, parts.places(), parts.halves(), progress)) {
            rebuild.load();
            hit("rebuild.before_verify");
            verify(target, rebuild::pass);
            records = rebuild.records();
        }
    }

    private void awaitBoth() {
        Flow flow = new Flow(parts.places());
        before.stream()
                .filter(generation -> generation.isLive() || generation.isOpen())
                .forEach(flow::awaitPassed);
    }

    private void verify(Generation target, Runnable passed) {
        digest = live == null || live.number() == target.number()
                ? PointDigest.of(parts.link(), target).text()
                : new Comparison(parts.link(), live, target).run(seen -> progress.at("verifying", seen, 0), passed);
    }

    private Duration switchTo(Generation target) {
        if (model != null && live != null && live.number() != target.number()) {
            compare(model, live, target);
        }
        progress.at("switching", 0, 1);
        Duration took = new Switch(parts, lock).to(parts.require(target.number()));
        progress.at("switching", 1, 1);
        return took;
    }

    private void compare(NewModel wanted, Generation live, Generation target) {
        OverlapMeasure measure = new OverlapMeasure(parts.link(), parts.halves().models());
        List<String> queries = wanted.queries().isEmpty() ? measure.usualQueries(live) : wanted.queries();
        Overlap overlap = measure.of(live, target, queries);
        wanted.told().accept(overlap);
        if (overlap.at10() < wanted.minOverlap()) {
            Patiently.run(() -> parts.catalog().close(target));
            throw new IllegalStateException(String.format(
                    "on %d queries both models agree on %.2f of the first ten artifacts, which is less than %.2f: readers"
                            + " were not switched. Generation %d follows: ./dise rebuild switch qdrant %d, or drop it",
                    overlap.queries(), overlap.at10(), wanted.minOverlap(), target.number(), target.number()));
        }
    }

    private void hit(String failpoint) {
        parts.halves().failpoints().hit(failpoint);
    }
}
