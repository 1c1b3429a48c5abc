package dev.dise.bench.rag;

import dev.dise.embedding.WordVector;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * As many points as are wanted, like real ones: each vector is a mix of those of two real texts and some noise, seeded by
 * the point's number; each payload is some hundred bytes.
 *
 * @param vectors of real texts
 */
public record ManyPoints(int count, List<float[]> vectors) {
    private static final double NOISE = 0.02;
    private static final int WORDS = 30;

    /** One of them. */
    public PointStruct point(int number) {
        Random random = new Random(number);
        String text = ShortTexts.madeUp(WORDS, random);
        WordVector words = WordVector.ofText(text);
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        return PointStruct.newBuilder()
                .setId(PointIdFactory.id(UUID.fromString(id)))
                .setVectors(VectorsFactory.namedVectors(Map.of(
                        "",
                        VectorFactory.vector(vector(random)),
                        WordVector.NAME,
                        VectorFactory.vector(words.values(), words.indices()))))
                .putPayload("artifact_id", ValueFactory.value("made-up-" + number))
                .putPayload("artifact_type", ValueFactory.value(number % 2 == 0 ? "plan" : "tool"))
                .putPayload("name", ValueFactory.value("artifact " + number))
                .putPayload("content", ValueFactory.value(text))
                .putPayload("parent_id", ValueFactory.value(id))
                .putPayload("chunk_index", ValueFactory.value(0))
                .putPayload("quality_score", ValueFactory.value(random.nextDouble()))
                .build();
    }

    /** What might be asked for; not among the points. */
    float[] question(int number) {
        return vector(new Random(-1L - number));
    }

    private float[] vector(Random random) {
        float[] one = vectors.get(random.nextInt(vectors.size()));
        float[] other = vectors.get(random.nextInt(vectors.size()));
        float share = random.nextFloat();
        float[] mix = new float[one.length];
        for (int i = 0; i < mix.length; i++) {
            mix[i] = (float) (one[i] * share + other[i] * (1 - share) + NOISE * random.nextGaussian());
        }
        return mix;
    }
}
