package dev.dise.pg;

import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A row to be, together with the delivery that it comes from. */
public final class Row {
    /** Rows of one append-only table; equal are those of which the table takes one. */
    static final Comparator<Row> BY_EVENT = Comparator.comparing(Row::eventId).thenComparing(Row::metric);

    private static final long SECONDS_OF_DAY = 86_400;

    private final Table table;
    private final Delivery<DecodedEvent> delivery;
    private final @Nullable String[] values;
    private final UUID eventId;
    private final Instant time;
    private final boolean madeSafe;

    private Row(Table table, Delivery<DecodedEvent> delivery, @Nullable String[] values, Storable storable) {
        this.table = table;
        this.delivery = delivery;
        this.values = values;
        this.eventId = EventIds.asUuid(envelope().id());
        this.time = storable.time(envelope().time());
        this.madeSafe = storable.hasChanged();
    }

    private Row(Table table, Row same, @Nullable String[] values) {
        this.table = table;
        this.delivery = same.delivery;
        this.values = values;
        this.eventId = same.eventId;
        this.time = same.time;
        this.madeSafe = same.madeSafe;
    }

    /** The one row of an event in the table of its type, or of its target's type. */
    public static Row from(Delivery<DecodedEvent> delivery) {
        Envelope envelope = delivery.content().envelope();
        EventType type = envelope.targetType() == null ? envelope.type() : envelope.targetType();
        Table table = Tables.tableFor(type);
        Storable storable = new Storable();
        @Nullable String[] values = values(table, type, delivery.content(), storable);
        return new Row(table, delivery, values, storable);
    }

    /** What the event of a generated tool said, as a row beside the tool's own. */
    Row version() {
        @Nullable String[] version = Arrays.copyOf(values, values.length + 1);
        version[values.length] = fieldsSet();
        return new Row(Tables.TOOL_VERSIONS, this, version);
    }

    /** A performance event's metrics, each as a row of its own. */
    static List<Row> metricsOf(Delivery<DecodedEvent> delivery) {
        ObjectNode data = delivery.content().data();
        List<Row> rows = new ArrayList<>();
        if (data.get("metrics") instanceof ObjectNode metrics) {
            metrics.forEachEntry((name, figure) -> rows.add(metric(delivery, name, figure)));
        }
        return rows;
    }

    private static Row metric(Delivery<DecodedEvent> delivery, String name, JsonNode figure) {
        ObjectNode data = delivery.content().data();
        Storable storable = new Storable();
        @Nullable
        String[] values = {
            storable.text(data.get("tool_id")),
            storable.characters(name),
            figure.toString(),
            "",
            null,
            storable.text(data.get("artifact_id"))
        };
        return new Row(Tables.PERFORMANCE, delivery, values, storable);
    }

    private static @Nullable String[] values(Table table, EventType type, DecodedEvent event, Storable storable) {
        @Nullable String[] values = new @Nullable String[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            Column column = table.columns().get(i);
            if (column.field().equals("artifact_type")) {
                values[i] = type.wireName();
            } else if (event.envelope().type() != EventType.DELETION) {
                values[i] = value(column, event.data().get(column.field()), storable);
            } else if (table.key().contains(column.field())) {
                values[i] = storable.characters(event.envelope().subject());
            }
        }
        return values;
    }

    private static @Nullable String value(Column column, @Nullable JsonNode field, Storable storable) {
        return switch (column.type()) {
            case JSONB -> storable.json(field);
            case LABEL -> Objects.requireNonNullElse(storable.text(field), "");
            case DOUBLE -> storable.number(field);
            case TIMESTAMPTZ -> storable.time(field);
            case TEXT, NUMERIC, BIGINT, FLAG -> storable.text(field);
        };
    }

    public Table table() {
        return table;
    }

    public Delivery<DecodedEvent> delivery() {
        return delivery;
    }

    Envelope envelope() {
        return delivery.content().envelope();
    }

    /** The id of the event as the key of the table. */
    UUID eventId() {
        return eventId;
    }

    /** When it happened, as near as PostgreSQL can hold it. */
    public Instant time() {
        return time;
    }

    /** Days since 1970, in UTC: which partition it goes to. */
    long day() {
        return Math.floorDiv(time.getEpochSecond(), SECONDS_OF_DAY);
    }

    /**
     * Whether its id was made on the day of the event, as emitters make them (RFC 9562, UUIDv7): then the same id again is
     * in the same partition, whose index sees it.
     */
    private boolean isIdOfItsDay() {
        return eventId.version() == 7
                && Math.floorDiv(eventId.getMostSignificantBits() >>> 16, 1000 * SECONDS_OF_DAY) == day();
    }

    /** Whether one unique index would see the same event again. */
    public boolean isOfOnePlace() {
        return !table.isPartitioned() || isIdOfItsDay();
    }

    boolean isDeletion() {
        return envelope().type() == EventType.DELETION;
    }

    /** Whether a value that PostgreSQL cannot hold was replaced. */
    boolean isMadeSafe() {
        return madeSafe;
    }

    @Nullable
    String value(int column) {
        return values[column];
    }

    /** What tells an entity from others of its table. */
    String entity() {
        return Arrays.stream(values, 0, table.key().size())
                .map(Objects::toString)
                .collect(Collectors.joining("\n"));
    }

    /** An event may have a row for each of its metrics. */
    private String metric() {
        return table == Tables.PERFORMANCE ? Objects.requireNonNullElse(values[1], "") : "";
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
