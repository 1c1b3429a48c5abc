package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The vectors that the points of a collection may have, by name. A point has any of them, or none. */
record VectorSchema(Map<String, DenseSpec> dense, Map<String, SparseSpec> sparse) {

    /** The name of the vector that is not named. */
    static final String DEFAULT = "";

    VectorSchema {
        dense = Map.copyOf(dense);
        sparse = Map.copyOf(sparse);
        for (String name : sparse.keySet()) {
            if (dense.containsKey(name)) {
                throw QdrantError.wrongInput("Dense and sparse vector names must be unique: " + name);
            }
        }
    }

    static VectorSchema of(CreateCollection request) {
        return of(request.getVectorsConfig(), request.getSparseVectorsConfig(), request.getHnswConfig());
    }

    static VectorSchema of(CollectionParams params, HnswConfigDiff graph) {
        return of(params.getVectorsConfig(), params.getSparseVectorsConfig(), graph);
    }

    private static VectorSchema of(VectorsConfig config, SparseVectorConfig sparseConfig, HnswConfigDiff graph) {
        Map<String, DenseSpec> dense = new TreeMap<>();
        switch (config.getConfigCase()) {
            case PARAMS -> dense.put(DEFAULT, DenseSpec.of(DEFAULT, config.getParams(), graph));
            case PARAMS_MAP ->
                config.getParamsMap()
                        .getMapMap()
                        .forEach((name, params) -> dense.put(name, DenseSpec.of(name, params, graph)));
            case CONFIG_NOT_SET -> {}
        }
        Map<String, SparseSpec> sparse = new TreeMap<>();
        sparseConfig.getMapMap().forEach((name, params) -> sparse.put(name, SparseSpec.of(name, params)));
        return new VectorSchema(dense, sparse);
    }

    /** The dense vector of this name; null if the name is a sparse vector's. */
    @Nullable
    DenseSpec findDense(String name) {
        require(name);
        return dense.get(name);
    }

    DenseSpec requireDense(String name) {
        DenseSpec spec = findDense(name);
        if (spec == null) {
            throw QdrantError.wrongKindOfVector();
        }
        return spec;
    }

    SparseSpec requireSparse(String name) {
        require(name);
        SparseSpec spec = sparse.get(name);
        if (spec == null) {
            throw QdrantError.wrongKindOfVector();
        }
        return spec;
    }

    /** Refuses a name that is no vector's. */
    void require(String name) {
        if (!dense.containsKey(name) && !sparse.containsKey(name)) {
            throw QdrantError.noVector(name);
        }
    }
}
