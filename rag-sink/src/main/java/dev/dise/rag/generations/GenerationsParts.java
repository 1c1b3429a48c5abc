package dev.dise.rag.generations;

import dev.dise.rag.Halves;
import dev.dise.rag.store.Generation;
import dev.dise.rag.store.GenerationCatalog;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.schemas.Store;
import java.util.List;

/** What everything that is done with generations needs. */
record GenerationsParts(
        DiseConfig config,
        QdrantLink link,
        GenerationCatalog catalog,
        Places places,
        SourceTopics topics,
        Halves halves) {

    List<Generation> generations() {
        return Patiently.call(catalog::list);
    }

    /** @throws IllegalStateException if there is none of this number; it names those that there are */
    Generation require(int number) {
        List<Generation> all = generations();
        return all.stream()
                .filter(generation -> generation.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no generation " + number + " of "
                        + config.rag().qdrant().collection() + "; there are "
                        + all.stream().map(Generation::number).toList()));
    }

    Generation requireLive() {
        return GenerationCatalog.live(generations())
                .orElseThrow(() -> new IllegalStateException(
                        "no generation is live: start the rag sink, or run ./dise rebuild qdrant"));
    }

    GenerationInfo info(Generation generation) {
        String topic = generation.source().topic();
        boolean isReadable = places.exists(topic);
        return new GenerationInfo(
                Store.QDRANT,
                generation.number(),
                generation.state(),
                isReadable ? places.behind(generation.writeGroup(), topic) : 0,
                generation.model().label() + ", " + generation.model().dimension() + " dimensions, from " + topic,
                generation.startedAt());
    }
}
