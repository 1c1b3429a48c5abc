package dev.dise.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Holds the records and the public JSON Schemas together: neither can change without the other. */
class RecordsAndSchemasTest {
    private final DataReader reader = new DataReader();

    @ParameterizedTest
    @EnumSource
    void recordAndSchemaHaveTheSameFields(EventType type) {
        JsonNode schema = Json.parse(DataReader.schemaOf(type));
        assertThat(schema.get("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(fields(type, c -> true));
        assertThat(schema.get("required").valueStream().map(JsonNode::stringValue))
                .containsExactlyInAnyOrderElementsOf(
                        fields(type, c -> !c.getAnnotatedType().isAnnotationPresent(Nullable.class)));
        assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
        assertThat(schema.get("title").stringValue()).isEqualTo(type.ceType());
    }

    @ParameterizedTest
    @EnumSource
    void aRecordWithEveryFieldSetIsValid(EventType type) {
        byte[] json = Json.encode(Samples.full(type));
        JsonNode data = reader.read(type, json);
        assertThat(data.propertyNames()).containsExactlyInAnyOrderElementsOf(fields(type, c -> true));
        assertThat(data.get(type.subjectField()).stringValue())
                .isEqualTo(Samples.full(type).subject());
    }

    @ParameterizedTest
    @EnumSource
    void optionalFieldsMayBeNullSoThatTheyCanBeCleared(EventType type) {
        var data = reader.read(type, Json.encode(Samples.full(type)));
        fields(type, c -> c.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .forEach(data::putNull);
        assertThatCode(() -> reader.check(type, data)).doesNotThrowAnyException();
    }

    private static List<String> fields(EventType type, Predicate<RecordComponent> which) {
        Stream<RecordComponent> components =
                Arrays.stream(Samples.full(type).getClass().getRecordComponents());
        return components
                .filter(c -> !c.getAccessor().isAnnotationPresent(JsonIgnore.class))
                .filter(which)
                .map(c -> c.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .toList();
    }
}
