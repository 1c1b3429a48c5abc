package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.datetimeRange;
import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.ConditionFactory.hasVector;
import static io.qdrant.client.ConditionFactory.isEmpty;
import static io.qdrant.client.ConditionFactory.isNull;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchExceptKeywords;
import static io.qdrant.client.ConditionFactory.matchExceptValues;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.matchKeywords;
import static io.qdrant.client.ConditionFactory.matchPhrase;
import static io.qdrant.client.ConditionFactory.matchText;
import static io.qdrant.client.ConditionFactory.matchTextAny;
import static io.qdrant.client.ConditionFactory.matchValues;
import static io.qdrant.client.ConditionFactory.nested;
import static io.qdrant.client.ConditionFactory.range;
import static io.qdrant.client.ConditionFactory.valuesCount;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.nullValue;
import static io.qdrant.client.ValueFactory.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.MinShould;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Common.ValuesCount;
import io.qdrant.client.grpc.JsonWithInt.Struct;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterPredicateTest {

    private static final Map<String, Value> PAYLOAD = Map.of(
            "tool", value("hammer"),
            "tags", list(List.of(value("red"), value("blue"))),
            "count", value(3),
            "score", value(0.5),
            "done", value(true),
            "gone", nullValue(),
            "nothing", list(List.of()),
            "text", value("The quick brown Fox"),
            "at", value("2026-11-23T10:00:00+01:00"),
            "meta", object("owner", value("ann"), "runs", list(List.of(run("a", 1), run("b", 2)))));

    @Test
    void matchesValuesOfTheSameType() {
        assertThat(passes(matchKeyword("tool", "hammer"))).isTrue();
        assertThat(passes(matchKeyword("count", "3"))).isFalse();
        assertThat(passes(match("count", 3))).isTrue();
        assertThat(passes(match("score", 0))).isFalse();
        assertThat(passes(match("done", true))).isTrue();
        assertThat(passes(match("done", false))).isFalse();
        assertThat(passes(matchKeyword("absent", "hammer"))).isFalse();
    }

    @Test
    void anyElementOfAnArrayIsEnough() {
        assertThat(passes(matchKeyword("tags", "blue"))).isTrue();
        assertThat(passes(matchKeyword("tags[]", "blue"))).isTrue();
        assertThat(passes(matchKeyword("tags[0]", "blue"))).isFalse();
        assertThat(passes(matchKeywords("tags", List.of("green", "red")))).isTrue();
        assertThat(passes(matchValues("count", List.of(1L, 3L)))).isTrue();
    }

    @Test
    void exceptWantsAnotherValue() {
        assertThat(passes(matchExceptKeywords("tool", List.of("hammer")))).isFalse();
        assertThat(passes(matchExceptKeywords("tags", List.of("red")))).isTrue();
        assertThat(passes(matchExceptKeywords("tags", List.of("red", "blue")))).isFalse();
        assertThat(passes(matchExceptValues("count", List.of(4L)))).isTrue();
        assertThat(passes(matchExceptKeywords("absent", List.of("x")))).isFalse();
        assertThat(passes(matchExceptKeywords("gone", List.of("x")))).isFalse();
    }

    @Test
    void findsWordsInAnyCase() {
        assertThat(passes(matchText("text", "FOX the"))).isTrue();
        assertThat(passes(matchText("text", "fox wolf"))).isFalse();
        assertThat(passes(matchText("text", "qui"))).isFalse();
        assertThat(passes(matchTextAny("text", "fox wolf"))).isTrue();
        assertThat(passes(matchPhrase("text", "brown fox"))).isTrue();
        assertThat(passes(matchPhrase("text", "fox brown"))).isFalse();
        assertThat(passes(matchText("text", ""))).isFalse();
    }

    @Test
    void comparesNumbersOfBothKinds() {
        assertThat(passes(range("count", Range.newBuilder().setGt(2).setLt(4).build())))
                .isTrue();
        assertThat(passes(range("count", Range.newBuilder().setGt(3).build()))).isFalse();
        assertThat(passes(range("score", Range.newBuilder().setGte(0.5).build())))
                .isTrue();
        assertThat(passes(range("tool", Range.newBuilder().setGte(0).build()))).isFalse();
    }

    @Test
    void comparesTimesAcrossOffsets() {
        Timestamp nine = Timestamp.newBuilder()
                .setSeconds(Instant.parse("2026-11-23T09:00:00Z").getEpochSecond())
                .build();
        assertThat(passes(datetimeRange(
                        "at",
                        DatetimeRange.newBuilder().setGte(nine).setLte(nine).build())))
                .isTrue();
        assertThat(passes(datetimeRange(
                        "at", DatetimeRange.newBuilder().setGt(nine).build())))
                .isFalse();
        assertThat(passes(datetimeRange(
                        "tool", DatetimeRange.newBuilder().setLte(nine).build())))
                .isFalse();
    }

    @Test
    void readsTimesAsQdrantDoes() {
        Timestamp noon = Timestamp.newBuilder()
                .setSeconds(Instant.parse("2026-11-23T12:00:00Z").getEpochSecond())
                .build();
        Condition afternoon =
                datetimeRange("t", DatetimeRange.newBuilder().setGte(noon).build());
        assertThat(List.of("2026-11-23 12:00:00", "2026-11-23T12:00", "2026-11-24", "2026-11-23T12:00:00.5Z"))
                .allMatch(text -> passes(afternoon, Map.of("t", value(text))));
        assertThat(passes(afternoon, Map.of("t", value("2026-11-23")))).isFalse();
    }

    @Test
    void followsPathsThroughObjectsAndMarkedArrays() {
        assertThat(passes(matchKeyword("meta.owner", "ann"))).isTrue();
        assertThat(passes(matchKeyword("meta.runs[].name", "b"))).isTrue();
        assertThat(passes(matchKeyword("meta.runs.name", "b"))).isFalse();
        assertThat(passes(matchKeyword("meta.runs[1].name", "b"))).isTrue();
        assertThat(passes(matchKeyword("\"a.b\"", "c"), Map.of("a.b", value("c"))))
                .isTrue();
    }

    @Test
    void nestedConditionsHoldForOneElement() {
        Filter both = Filter.newBuilder()
                .addMust(matchKeyword("name", "a"))
                .addMust(match("n", 1))
                .build();
        Filter mixed = both.toBuilder().setMust(1, match("n", 2)).build();
        assertThat(passes(nested("meta.runs", both))).isTrue();
        assertThat(passes(nested("meta.runs", mixed))).isFalse();
    }

    @Test
    void tellsEmptyFromNull() {
        assertThat(List.of("absent", "gone", "nothing")).allMatch(key -> passes(isEmpty(key)));
        assertThat(passes(isEmpty("tool"))).isFalse();
        assertThat(passes(isNull("gone"))).isTrue();
        assertThat(List.of("absent", "nothing", "tool")).noneMatch(key -> passes(isNull(key)));
    }

    @Test
    void countsValues() {
        assertThat(passes(valuesCount("tags", ValuesCount.newBuilder().setGte(2).build())))
                .isTrue();
        assertThat(passes(valuesCount("tool", ValuesCount.newBuilder().setGt(1).build())))
                .isFalse();
        assertThat(passes(
                        valuesCount("nothing", ValuesCount.newBuilder().setLt(1).build())))
                .isTrue();
        assertThat(passes(
                        valuesCount("absent", ValuesCount.newBuilder().setLt(1).build())))
                .isFalse();
    }

    @Test
    void combinesConditions() {
        Condition yes = match("done", true);
        Condition no = match("done", false);
        assertThat(passes(Filter.getDefaultInstance())).isTrue();
        assertThat(passes(Filter.newBuilder().addMust(yes).addMust(no).build())).isFalse();
        assertThat(passes(Filter.newBuilder().addShould(yes).addShould(no).build()))
                .isTrue();
        assertThat(passes(Filter.newBuilder().addShould(no).build())).isFalse();
        assertThat(passes(Filter.newBuilder().addMustNot(no).build())).isTrue();
        assertThat(passes(Filter.newBuilder().addMustNot(yes).build())).isFalse();
        assertThat(passes(filter(Filter.newBuilder().addMustNot(yes).build()))).isFalse();
        MinShould two = MinShould.newBuilder()
                .addConditions(yes)
                .addConditions(no)
                .setMinCount(2)
                .build();
        assertThat(passes(Filter.newBuilder().setMinShould(two).build())).isFalse();
        assertThat(passes(Filter.newBuilder()
                        .setMinShould(two.toBuilder().setMinCount(1))
                        .build()))
                .isTrue();
    }

    @Test
    void knowsThePointByItsId() {
        assertThat(passes(hasId(id(7)))).isTrue();
        assertThat(passes(hasId(id(8)))).isFalse();
    }

    @Test
    void refusesWhatIsMissingByName() {
        assertThatThrownBy(() -> passes(hasVector("")))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("has_vector");
        assertThatThrownBy(() -> passes(matchKeyword("a..b", "x"))).hasMessageContaining("a..b");
        assertThatThrownBy(() -> passes(Condition.getDefaultInstance())).hasMessageContaining("INVALID_ARGUMENT");
    }

    private static boolean passes(Condition condition) {
        return passes(condition, PAYLOAD);
    }

    private static boolean passes(Condition condition, Map<String, Value> payload) {
        return FilterPredicate.compile(condition).test(id(7), payload);
    }

    private static boolean passes(Filter filter) {
        return FilterPredicate.compile(filter).test(id(7), PAYLOAD);
    }

    private static Value run(String name, int n) {
        return object("name", value(name), "n", value(n));
    }

    private static Value object(String key1, Value value1, String key2, Value value2) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putFields(key1, value1).putFields(key2, value2))
                .build();
    }
}
