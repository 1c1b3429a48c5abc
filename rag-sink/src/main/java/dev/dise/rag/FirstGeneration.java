package dev.dise.rag;

import dev.dise.embedding.ModelCard;
import dev.dise.rag.store.CollectionShape;
import dev.dise.rag.store.Generation;
import dev.dise.rag.store.GenerationCatalog;
import dev.dise.rag.store.QdrantLink;
import dev.dise.rag.store.Source;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a generation that readers see, when the sink starts. Where there is none, it is made under a
 * number whose group has read nothing yet: so a collection that was lost is filled from the beginning of the topic.
 */
record FirstGeneration(QdrantLink link, GenerationCatalog catalog, RagConfig config, KafkaClients kafka) {
    private static final Logger log = LoggerFactory.getLogger(FirstGeneration.class);

    /**
     * The generations, one of them live, each of which says what it is.
     *
     * @throws IllegalStateException if a collection of an earlier version does not fit the config
     */
    List<Generation> ensure() throws StoreUnavailableException {
        List<Generation> there = catalog.list();
        for (Generation generation : there) {
            if (!generation.isDescribed()) {
                CollectionShape.requireFit(
                        link, generation.collection(), generation.model().dimension());
                catalog.adopt(generation);
            }
        }
        if (GenerationCatalog.live(there).isEmpty()) {
            catalog.switchTo(complete(there), null);
        }
        List<Generation> ready = catalog.list();
        GenerationCatalog.live(ready).ifPresent(this::compare);
        return ready;
    }

    /** The newest that is complete; one that is made now, if there is none. */
    private Generation complete(List<Generation> there) throws StoreUnavailableException {
        Optional<Generation> newest =
                there.stream().filter(Generation::isWritten).max(Comparator.comparingInt(Generation::number));
        return newest.isPresent() ? newest.get() : make(there);
    }

    private Generation make(List<Generation> there) throws StoreUnavailableException {
        int number = catalog.nextNumber(there);
        while (hasRead(Generation.writeGroup(number))) {
            number++;
        }
        catalog.create(number, Source.first(config), GenerationState.FOLLOWING);
        int made = number;
        return catalog.list().stream()
                .filter(generation -> generation.number() == made)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the collection of generation " + made + " is gone again"));
    }

    private boolean hasRead(String group) {
        try (Admin admin = kafka.admin()) {
            return !admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .isEmpty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell what " + group + " has read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking what " + group + " has read", e);
        }
    }

    private void compare(Generation live) {
        String configured = ModelCard.of(config.embedding()).label();
        if (!live.model().label().equals(configured)) {
            log.atWarn()
                    .addKeyValue("generation", live.number())
                    .addKeyValue("model", live.model().label())
                    .addKeyValue("configured", configured)
                    .log("the collection has another model than the config, which stays: to change it, rebuild");
        }
    }
}
