package dev.dise.rag;

import dev.dise.embedding.Models;
import dev.dise.rag.store.Generation;
import dev.dise.rag.store.QdrantLink;
import dev.dise.rag.store.Source;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.schemas.Topic;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Makes the two halves of the way into a generation: the first embeds events into a topic of vectors, the second writes that
 * topic into a collection. Generations of one model share the first.
 *
 * @param stateDir folder for what is known of the topics of vectors, this process' own alone
 */
public record Halves(DiseConfig config, Models models, Path stateDir, Metrics metrics, Failpoints failpoints) {
    /** Artifacts of one batch at most: a few seconds of work, unless they are long. */
    private static final int EMBED_BATCH = 64;
    /** Points that are read back at once. */
    private static final int READ_BATCH = 500;
    /** Points of one write at most. */
    private static final int WRITE_BATCH = 256;

    /** What is called by whom, whichever generation it is: in metrics and dead letters. */
    static final String EMBED = "rag-sink-embed";

    static final String WRITE = "rag-sink-write";

    /** A folder that ends with this process, for halves whose topics are read again at each start. */
    public static Path temporaryState() {
        return StateFile.temporary();
    }

    /** The half that fills the topic of these vectors, which is there already. */
    public Half<?> embedding(Source source) {
        KafkaClients kafka = new KafkaClients(config.kafka());
        EmbeddingModel model = models.of(source.model());
        PublishedPoints published = PublishedPoints.open(StateFile.of(kafka, source.topic(), stateDir));
        EmbedSink sink = new EmbedSink(
                new TextVectors(model, published, metrics.registry()),
                published,
                new VectorsReader(
                        source.topic(), kafka.reader("rag-sink-vectors", READ_BATCH), published, Clock.systemUTC()),
                new VectorsTopic(source.topic(), kafka.producer("rag-sink-vectors"), published),
                metrics.registry(),
                failpoints);
        return new Half<>(
                EMBED + " " + source.topic(),
                Topic.RAG.topicName(),
                source.embedGroup(),
                EMBED_BATCH,
                new EventDecoder(),
                sink);
    }

    /** The half that fills the collection, which is there already. */
    public Half<?> writing(Generation generation) {
        return new Half<>(
                WRITE + " g" + generation.number(),
                generation.source().topic(),
                generation.writeGroup(),
                WRITE_BATCH,
                new PointChangeDecoder(),
                new QdrantSink(
                        new QdrantStore(new QdrantLink(config.rag().qdrant()), generation.collection()),
                        generation.model().dimension(),
                        failpoints));
    }
}
