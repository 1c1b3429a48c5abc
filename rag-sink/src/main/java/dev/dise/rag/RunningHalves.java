package dev.dise.rag;

import dev.dise.rag.store.Generation;
import dev.dise.rag.store.GenerationCatalog;
import dev.dise.rag.store.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The halves that run, as the generations want it: a second half for each, a first half for each topic. Used by one thread. */
final class RunningHalves implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunningHalves.class);

    private final RunningHalf.Starter starter;
    private final Map<String, RunningHalf> embedding = new HashMap<>();
    private final Map<Integer, RunningHalf> writing = new HashMap<>();
    private final FollowersFirst order = new FollowersFirst();
    private volatile Generation live;

    /**
     * @param live what readers see
     */
    RunningHalves(RunningHalf.Starter starter, Generation live) {
        this.starter = starter;
        this.live = live;
    }

    /**
     * Starts what is missing and stops what nobody wants.
     *
     * @throws CompletionException if a half that is wanted has failed
     * @throws IllegalStateException if readers see nothing any more
     */
    void align(List<Generation> generations) {
        live = GenerationCatalog.live(generations)
                .orElseThrow(() -> new IllegalStateException("the collection " + live.collection()
                        + " was removed, or its alias: start the rag sink again, which reads "
                        + live.source().topic() + " from its beginning, or run ./dise rebuild qdrant"));
        Map<Integer, Generation> written = new HashMap<>();
        Map<String, Source> sources = new HashMap<>();
        for (Generation generation : generations) {
            if (generation.isWritten()) {
                written.put(generation.number(), generation);
                sources.put(generation.source().topic(), generation.source());
            }
        }
        retire(writing, written.keySet());
        retire(embedding, sources.keySet());
        requireAllWell();
        sources.forEach((topic, source) -> embedding.computeIfAbsent(
                topic,
                t -> starter.start(
                        starter.halves().embedding(source),
                        Halves.EMBED,
                        () -> live.source().topic().equals(topic))));
        written.forEach((number, generation) -> writing.computeIfAbsent(number, n -> startWriting(generation)));
    }

    private RunningHalf startWriting(Generation generation) {
        int number = generation.number();
        BooleanSupplier isLive = () -> live.number() == number;
        Half<?> half = starter.halves().writing(generation);
        return starter.start(half.ordered(number, isLive, order), Halves.WRITE, isLive);
    }

    @Override
    public void close() {
        embedding.values().forEach(RunningHalf::close);
        writing.values().forEach(RunningHalf::close);
    }

    /** One that failed since its collection was dropped ends as quietly as the others. */
    private static <K> void retire(Map<K, RunningHalf> running, Set<K> wanted) {
        Set<K> unwanted = new HashSet<>(running.keySet());
        unwanted.removeAll(wanted);
        for (K key : unwanted) {
            RunningHalf half = running.get(key);
            if (half != null) {
                half.retire();
                running.remove(key);
                log.atInfo().addKeyValue("half", half.name()).log("its generation was dropped, stopped writing");
            }
        }
    }

    private void requireAllWell() {
        embedding.values().forEach(half -> half.worker().ended().getNow(null));
        writing.values().forEach(half -> half.worker().ended().getNow(null));
    }
}
