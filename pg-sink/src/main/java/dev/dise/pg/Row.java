package dev.dise.pg;

import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A row to be, together with the delivery that it comes from. */
final class Row {
    private final Table table;
    private final Delivery<DecodedEvent> delivery;
    private final @Nullable String[] values;

    private Row(Table table, Delivery<DecodedEvent> delivery, @Nullable String[] values) {
        this.table = table;
        this.delivery = delivery;
        this.values = values;
    }

    /** The one row of an event in the table of its type, or of its target's type. */
    static Row from(Delivery<DecodedEvent> delivery) {
        Envelope envelope = delivery.content().envelope();
        EventType type = envelope.targetType() == null ? envelope.type() : envelope.targetType();
        Table table = Tables.tableFor(type);
        return new Row(table, delivery, values(table, type, delivery.content()));
    }

    /** A performance event's metrics, each as a row of its own. */
    static List<Row> metricsOf(Delivery<DecodedEvent> delivery) {
        ObjectNode data = delivery.content().data();
        List<Row> rows = new ArrayList<>();
        if (data.get("metrics") instanceof ObjectNode metrics) {
            metrics.forEachEntry((name, figure) ->
                    rows.add(new Row(Tables.PERFORMANCE, delivery, new @Nullable String[] {
                        text(data.get("tool_id")), name, text(figure), null, null, text(data.get("artifact_id"))
                    })));
        }
        return rows;
    }

    private static @Nullable String[] values(Table table, EventType type, DecodedEvent event) {
        ObjectNode data = event.data();
        boolean deletion = event.envelope().type() == EventType.DELETION;
        @Nullable String[] values = new @Nullable String[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            Column column = table.columns().get(i);
            String field = column.field();
            if (field.equals("artifact_type")) {
                values[i] = type.wireName();
            } else if (!deletion) {
                values[i] = column.type() == Column.Type.JSONB ? json(data.get(field)) : text(data.get(field));
            } else if (table.key().contains(field)) {
                values[i] = event.envelope().subject();
            }
        }
        return values;
    }

    /** A string keeps its quotes: it is JSON too. */
    private static @Nullable String json(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value.toString();
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    Table table() {
        return table;
    }

    Delivery<DecodedEvent> delivery() {
        return delivery;
    }

    Envelope envelope() {
        return delivery.content().envelope();
    }

    boolean isDeletion() {
        return envelope().type() == EventType.DELETION;
    }

    @Nullable
    String value(int column) {
        return values[column];
    }

    /** Whether every text is one: half a surrogate pair has no bytes in UTF-8, and the driver would write a ? for it. */
    boolean isText() {
        return Arrays.stream(values).allMatch(value -> value == null || hasWholePairs(value));
    }

    private static boolean hasWholePairs(String text) {
        return text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))
                || text.codePoints()
                        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** What tells this row from others: the entity, or the event and its metric. */
    String key() {
        if (table.kind() == Table.Kind.APPEND) {
            return table == Tables.PERFORMANCE
                    ? envelope().id() + '\n' + values[1]
                    : envelope().id();
        }
        return Arrays.stream(values, 0, table.key().size())
                .map(Objects::toString)
                .collect(Collectors.joining("\n"));
    }

    /** The columns that the event sets, null or not, comma-separated; the others keep what they have. */
    String fieldsSet() {
        ObjectNode data = delivery.content().data();
        return table.columns().stream()
                .filter(column -> data.has(column.field()))
                .map(Column::name)
                .collect(Collectors.joining(","));
    }
}
