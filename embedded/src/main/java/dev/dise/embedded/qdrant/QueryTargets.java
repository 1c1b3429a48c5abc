package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.RecommendInput;
import io.qdrant.client.grpc.Points.RecommendStrategy;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.VectorInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The vector that a query asks with: its own, that of a point it names, or the average of several. */
final class QueryTargets {

    private final PointSnapshot points;
    private final String using;

    QueryTargets(PointSnapshot points, String using) {
        this.points = points;
        this.using = using;
    }

    SparseVector sparse(Query query) throws IOException {
        if (!query.hasNearest()) {
            throw QdrantError.missing("query.recommend on sparse vectors");
        }
        VectorInput input = query.getNearest();
        return switch (input.getVariantCase()) {
            case SPARSE -> SparseSpec.read(input.getSparse());
            case ID -> {
                SparseVector vector = stored(input.getId()).sparse().get(using);
                if (vector == null) {
                    throw noVectorOfPoint();
                }
                yield vector;
            }
            default -> throw refused(input);
        };
    }

    float[] dense(Query query, DenseSpec spec) throws IOException {
        if (query.hasNearest()) {
            return spec.metric().prepare(dense(query.getNearest(), spec));
        }
        RecommendInput input = query.getRecommend();
        if (input.getStrategy() != RecommendStrategy.AverageVector) {
            throw QdrantError.missing("the strategy " + input.getStrategy());
        }
        if (input.getPositiveCount() == 0) {
            throw QdrantError.badRequest("At least one positive vector ID required with this strategy");
        }
        float[] target = average(input.getPositiveList(), spec);
        if (input.getNegativeCount() > 0) {
            float[] away = average(input.getNegativeList(), spec);
            for (int i = 0; i < target.length; i++) {
                target[i] += target[i] - away[i];
            }
        }
        return spec.metric().prepare(target);
    }

    private float[] average(List<VectorInput> inputs, DenseSpec spec) throws IOException {
        float[] average = new float[spec.size()];
        for (VectorInput input : inputs) {
            float[] vector = dense(input, spec);
            for (int i = 0; i < average.length; i++) {
                average[i] += vector[i] / inputs.size();
            }
        }
        return average;
    }

    private float[] dense(VectorInput input, DenseSpec spec) throws IOException {
        return switch (input.getVariantCase()) {
            case DENSE -> spec.check(input.getDense().getDataList());
            case ID -> {
                float[] vector = stored(input.getId()).dense().get(using);
                if (vector == null) {
                    throw noVectorOfPoint();
                }
                yield vector;
            }
            default -> throw refused(input);
        };
    }

    private PointVectors stored(PointId id) throws IOException {
        OptionalInt document = points.find(id);
        if (document.isEmpty()) {
            throw QdrantError.noPoint(PointKey.canonical(id));
        }
        return points.reader().vectors(document.getAsInt(), VectorSelection.only(using));
    }

    private RuntimeException noVectorOfPoint() {
        return QdrantError.notFound("Vector with name \"" + using + "\" for point");
    }

    private static RuntimeException refused(VectorInput input) {
        return switch (input.getVariantCase()) {
            case DOCUMENT, IMAGE, OBJECT -> QdrantError.missing("inference");
            case MULTI_DENSE -> QdrantError.missing("multi vectors");
            case VARIANT_NOT_SET -> QdrantError.badArgument("VectorInput variant is missing");
            default -> QdrantError.wrongKindOfVector();
        };
    }

    /** The points that a query names: they are not among its answers. */
    static List<PointId> namedBy(Query query) {
        List<VectorInput> inputs = new ArrayList<>();
        if (query.hasNearest()) {
            inputs.add(query.getNearest());
        }
        inputs.addAll(query.getRecommend().getPositiveList());
        inputs.addAll(query.getRecommend().getNegativeList());
        return inputs.stream()
                .filter(VectorInput::hasId)
                .map(VectorInput::getId)
                .toList();
    }
}
