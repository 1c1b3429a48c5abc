package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.OptimizerStatus;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.util.IOUtils;

/** A collection in its folder: what was asked for when it was created, its field indexes, and its points. */
final class VectorCollection implements AutoCloseable {

    private static final String CONFIG_FILE = "collection.pb";

    private final Path folder;
    private final VectorSchema schema;
    private final PointIndex points;
    private CollectionInfo description;

    private VectorCollection(Path folder, CollectionInfo description) throws IOException {
        this.folder = folder;
        this.description = description;
        CollectionConfig config = description.getConfig();
        this.schema = VectorSchema.of(config.getParams(), config.getHnswConfig());
        this.points = PointIndex.open(folder.resolve("index"), schema);
    }

    /** The collection is there for good once its file is, which is written last. */
    static VectorCollection create(Path folder, CreateCollection request) throws IOException {
        Files.createDirectories(folder);
        VectorCollection collection = new VectorCollection(folder, describe(request));
        file(folder).write(collection.description);
        return collection;
    }

    static VectorCollection open(Path folder) throws IOException {
        return new VectorCollection(
                folder, CollectionInfo.parseFrom(file(folder).read()));
    }

    /** False for what a crash left of a collection that was being created or deleted. */
    static boolean isComplete(Path folder) {
        return file(folder).exists();
    }

    VectorSchema schema() {
        return schema;
    }

    PointIndex points() {
        return points;
    }

    CollectionInfo info() throws IOException {
        return points.read(snapshot -> {
            int count = snapshot.count(MatchAllDocsQuery.INSTANCE);
            return description().toBuilder()
                    .setStatus(CollectionStatus.Green)
                    .setOptimizerStatus(OptimizerStatus.newBuilder().setOk(true))
                    .setSegmentsCount(snapshot.segments())
                    .setPointsCount(count)
                    .setIndexedVectorsCount(count)
                    .build();
        });
    }

    /** Remembers the index; every field can be filtered on without one. */
    synchronized void addFieldIndex(CreateFieldIndexCollection request) throws IOException {
        PayloadPath.parse(request.getFieldName());
        PayloadSchemaInfo.Builder schema = PayloadSchemaInfo.newBuilder();
        // The two enums list the same types; the schema's begins with "unknown".
        schema.setDataTypeValue(
                request.hasFieldType() ? request.getFieldTypeValue() + 1 : PayloadSchemaType.Keyword.getNumber());
        if (request.hasFieldIndexParams()) {
            schema.setParams(request.getFieldIndexParams());
        }
        save(description.toBuilder()
                .putPayloadSchema(request.getFieldName(), schema.build())
                .build());
    }

    synchronized void removeFieldIndex(String fieldName) throws IOException {
        save(description.toBuilder().removePayloadSchema(fieldName).build());
    }

    /** Sets these keys of what the collection says of itself, and leaves the others; a key that is set to null is removed. */
    synchronized void describe(Map<String, Value> metadata) throws IOException {
        CollectionInfo.Builder changed = description.toBuilder();
        metadata.forEach((key, value) -> {
            if (value.hasNullValue()) {
                changed.getConfigBuilder().removeMetadata(key);
            } else {
                changed.getConfigBuilder().putMetadata(key, value);
            }
        });
        save(changed.build());
    }

    FieldIndexes fieldIndexes() {
        return new FieldIndexes(description().getPayloadSchemaMap());
    }

    private synchronized CollectionInfo description() {
        return description;
    }

    private void save(CollectionInfo changed) throws IOException {
        file(folder).write(changed);
        description = changed;
    }

    /** Closes the collection and removes it from the disk; its file goes first, so a crash cannot bring back a part. */
    void delete() throws IOException {
        close();
        Files.delete(file(folder).path());
        IOUtils.rm(folder);
    }

    @Override
    public void close() throws IOException {
        points.close();
    }

    private static AtomicFile file(Path folder) {
        return new AtomicFile(folder.resolve(CONFIG_FILE));
    }

    private static CollectionInfo describe(CreateCollection request) {
        CollectionParams.Builder params = CollectionParams.newBuilder()
                .setShardNumber(1)
                .setOnDiskPayload(true)
                .setVectorsConfig(request.getVectorsConfig());
        if (request.hasSparseVectorsConfig()) {
            params.setSparseVectorsConfig(request.getSparseVectorsConfig());
        }
        CollectionConfig.Builder config = CollectionConfig.newBuilder()
                .setParams(params)
                .setHnswConfig(request.getHnswConfig())
                .setOptimizerConfig(request.getOptimizersConfig())
                .setWalConfig(request.getWalConfig())
                .putAllMetadata(request.getMetadataMap());
        return CollectionInfo.newBuilder().setConfig(config).build();
    }
}
