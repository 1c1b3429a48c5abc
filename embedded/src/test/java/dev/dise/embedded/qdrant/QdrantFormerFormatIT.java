package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.hasVector;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data directories from when a point had one dense vector and nothing else. The names written here are on people's disks. */
class QdrantFormerFormatIT {

    private static final String NAME = "plans";

    @TempDir
    Path directory;

    @BeforeEach
    void writeAsFormerly() throws Exception {
        Path folder = directory.resolve("collections").resolve(CollectionName.toFolder(NAME));
        Files.createDirectories(folder);
        CollectionParams params = CollectionParams.newBuilder()
                .setVectorsConfig(VectorsConfig.newBuilder().setParams(QdrantContractTheme.params(2, Distance.Cosine)))
                .build();
        CollectionInfo info = CollectionInfo.newBuilder()
                .setConfig(CollectionConfig.newBuilder().setParams(params))
                .build();
        Files.write(folder.resolve("collection.pb"), info.toByteArray());
        try (FSDirectory index = FSDirectory.open(folder.resolve("index"));
                IndexWriter writer = new IndexWriter(index, new IndexWriterConfig().setCodec(new WideVectorCodec()))) {
            writer.addDocument(document(1, "a", 0.6f, 0.8f));
            writer.addDocument(document(2, "b", 1f, 0f));
            writer.setLiveCommitData(Map.of("operation", "7").entrySet());
            writer.commit();
        }
    }

    private static Document document(long number, String tool, float... vector) {
        Map<String, Value> payload = Map.of("tool", value(tool));
        BytesRef key = PointKey.of(id(number));
        byte[] body = PointStruct.newBuilder()
                .setId(id(number))
                .putAllPayload(payload)
                .build()
                .toByteArray();
        Document document = new Document();
        document.add(new StringField("id", key, Store.NO));
        document.add(new SortedDocValuesField("id", key));
        document.add(new BinaryDocValuesField("point", new BytesRef(body)));
        document.add(new NumericDocValuesField("version", 7));
        document.add(new KnnFloatVectorField("vector", vector, VectorSimilarityFunction.DOT_PRODUCT));
        PayloadTerms.of(payload).forEach(term -> document.add(new StringField("leaf", term, Store.NO)));
        return document;
    }

    @Test
    void areReadAndWrittenOn() throws Exception {
        try (QdrantStack stack = QdrantStack.start(directory)) {
            PointStruct third = QdrantContractTheme.point(id(3), vectors(0f, 5f), Map.of("tool", value("b")));
            assertThat(stack.client().upsertAsync(NAME, List.of(third)).get().getOperationId())
                    .isEqualTo(8);
            QueryPoints query = QueryPoints.newBuilder()
                    .setCollectionName(NAME)
                    .setQuery(nearest(3f, 4f))
                    .build();
            assertThat(QdrantContractTheme.ids(stack.client().queryAsync(query).get()))
                    .containsExactly(1L, 3L, 2L);
            assertThat(stack.client()
                            .countAsync(NAME, QdrantContractTheme.must(matchKeyword("tool", "b")), true)
                            .get())
                    .isEqualTo(2);
            assertThat(stack.client()
                            .countAsync(NAME, QdrantContractTheme.must(hasVector("")), true)
                            .get())
                    .isEqualTo(3);
        }
    }
}
