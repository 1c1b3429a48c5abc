package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.datetimeRange;
import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.ConditionFactory.hasVector;
import static io.qdrant.client.ConditionFactory.isEmpty;
import static io.qdrant.client.ConditionFactory.isNull;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchExceptKeywords;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.matchKeywords;
import static io.qdrant.client.ConditionFactory.matchValues;
import static io.qdrant.client.ConditionFactory.nested;
import static io.qdrant.client.ConditionFactory.range;
import static io.qdrant.client.ConditionFactory.valuesCount;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.nullValue;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.MinShould;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Common.ValuesCount;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conditions on ids, vectors and payloads, as every request may have them. */
abstract class QdrantContractFilters extends QdrantContractTheme {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final int MANY = 256;

    private String name = "";

    @BeforeEach
    void fill() throws Exception {
        name = create(Distance.Dot, Modifier.Idf);
        upsert(
                name,
                point(
                        id(1),
                        vectors(1f, 0f),
                        Map.of(
                                "tool", value("hammer"),
                                "n", value(3),
                                "tags", list(List.of(value("red"), value("blue"))),
                                "at", value("2026-11-23T10:00:00+01:00"),
                                "done", value(true))),
                point(
                        id(2),
                        vectors(2f, 0f),
                        Map.of(
                                "tool", value("saw"),
                                "n", value(7),
                                "tags", list(List.of()),
                                "at", value("2026-11-23T14:00:00Z"),
                                "runs", list(List.of(run("a", 1), run("b", 2))))),
                point(
                        id(3),
                        noVectors(),
                        Map.of("tool", nullValue(), "n", value(2.5), "runs", list(List.of(run("a", 2))))),
                point(id(4), namedVectors(Map.of("words", sparse(Map.of(1, 1f)))), Map.of("tool", value("saw"))));
    }

    @Test
    void matchesValues() throws Exception {
        assertThat(passing(must(matchKeyword("tool", "saw")))).containsExactly(2L, 4L);
        assertThat(passing(must(matchKeyword("tags", "blue")))).containsExactly(1L);
        assertThat(passing(must(matchKeywords("tool", List.of("saw", "hammer")))))
                .containsExactly(1L, 2L, 4L);
        assertThat(passing(must(match("n", 3)))).containsExactly(1L);
        assertThat(passing(must(matchValues("n", List.of(3L, 7L))))).containsExactly(1L, 2L);
        assertThat(passing(must(match("done", true)))).containsExactly(1L);
        assertThat(passing(must(matchExceptKeywords("tool", List.of("saw"))))).containsExactly(1L);
    }

    @Test
    void comparesNumbersAndTimes() throws Exception {
        assertThat(passing(
                        must(range("n", Range.newBuilder().setGte(2.5).setLt(7).build()))))
                .containsExactly(1L, 3L);
        assertThat(passing(
                        must(range("n", Range.newBuilder().setGt(2.5).setLte(7).build()))))
                .containsExactly(1L, 2L);
        assertThat(passing(must(before("at", NOON)))).containsExactly(1L);
        assertThat(passing(must(datetimeRange(
                        "at", DatetimeRange.newBuilder().setGte(timestamp(NOON)).build()))))
                .containsExactly(2L);
    }

    @Test
    void knowsWhatIsNotThere() throws Exception {
        assertThat(passing(must(isEmpty("tags")))).containsExactly(2L, 3L, 4L);
        assertThat(passing(must(isNull("tool")))).containsExactly(3L);
        assertThat(passing(must(
                        valuesCount("tags", ValuesCount.newBuilder().setGte(2).build()))))
                .containsExactly(1L);
        assertThat(passing(must(
                        valuesCount("tags", ValuesCount.newBuilder().setLt(1).build()))))
                .containsExactly(2L);
    }

    @Test
    void knowsIdsAndVectors() throws Exception {
        assertThat(passing(must(hasId(List.of(id(2), id(3), id(99)))))).containsExactly(2L, 3L);
        assertThat(passing(must(hasVector("")))).containsExactly(1L, 2L);
        assertThat(passing(must(hasVector("words")))).containsExactly(4L);
    }

    @Test
    void looksIntoEachObjectOfAnArray() throws Exception {
        assertThat(passing(must(matchKeyword("runs[].name", "a")))).containsExactly(2L, 3L);
        Filter second = Filter.newBuilder()
                .addMust(matchKeyword("name", "a"))
                .addMust(match("count", 2))
                .build();
        assertThat(passing(must(nested("runs", second)))).containsExactly(3L);
    }

    @Test
    void combinesConditions() throws Exception {
        Condition isSaw = matchKeyword("tool", "saw");
        Condition isSeven = match("n", 7);
        assertThat(passing(must(isSaw, isSeven))).containsExactly(2L);
        assertThat(passing(Filter.newBuilder().addMustNot(isSaw).build())).containsExactly(1L, 3L);
        assertThat(passing(Filter.newBuilder()
                        .addShould(hasId(id(1)))
                        .addShould(filter(must(isSaw, isSeven)))
                        .build()))
                .containsExactly(1L, 2L);
        MinShould two = MinShould.newBuilder()
                .addAllConditions(List.of(isSaw, isSeven, hasId(id(1))))
                .setMinCount(2)
                .build();
        assertThat(passing(Filter.newBuilder().setMinShould(two).build())).containsExactly(2L);
    }

    @Test
    void narrowsASearch() throws Exception {
        QueryPoints.Builder request = QueryPoints.newBuilder().setQuery(nearest(1f, 0f));
        assertThat(ids(query(name, request.setFilter(must(matchKeyword("tool", "hammer"))))))
                .containsExactly(1L);
        assertThat(ids(query(name, request.setFilter(must(matchKeyword("tool", "saw"))))))
                .containsExactly(2L);
    }

    /** The way to let no older version of a point replace a newer one: each point has a condition of its own. */
    @Test
    void takesAConditionForEachPointOfALargeUpsert() throws Exception {
        List<PointStruct> stored = IntStream.range(100, 100 + MANY)
                .mapToObj(number -> dated(number, number % 2 == 0 ? NOON : NOON.plusSeconds(2)))
                .toList();
        client().upsertAsync(name, stored).get();
        Filter.Builder older = Filter.newBuilder();
        UpsertPoints.Builder request =
                UpsertPoints.newBuilder().setCollectionName(name).setWait(true);
        for (int number = 100; number < 100 + MANY; number++) {
            older.addShould(filter(must(hasId(id(number)), before("at", NOON.plusSeconds(1)))));
            request.addPoints(dated(number, NOON.plusSeconds(1)));
        }
        client().upsertAsync(request.setUpdateFilter(older).build()).get();
        Filter replaced =
                must(hasId(stored.stream().map(PointStruct::getId).toList()), before("at", NOON.plusMillis(1_500)));
        assertThat(client().countAsync(name, replaced, true).get()).isEqualTo(MANY / 2);
    }

    private List<Long> passing(Filter filter) throws Exception {
        assertThat(client().countAsync(name, filter, true).get()).isNotNegative();
        ScrollPoints request = ScrollPoints.newBuilder()
                .setCollectionName(name)
                .setFilter(filter)
                .build();
        return client().scrollAsync(request).get().getResultList().stream()
                .map(point -> point.getId().getNum())
                .toList();
    }

    private static PointStruct dated(int number, Instant time) {
        return point(id(number), vectors(0f, 1f), Map.of("at", value(time.toString())));
    }

    private static Condition before(String key, Instant time) {
        return datetimeRange(
                key, DatetimeRange.newBuilder().setLt(timestamp(time)).build());
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static Value run(String runName, long count) {
        return value(Map.of("name", value(runName), "count", value(count)));
    }
}
