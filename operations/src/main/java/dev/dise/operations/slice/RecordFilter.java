package dev.dise.operations.slice;

import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which records are meant: those that all given conditions hold for. Headers are looked at first, the content only for a tool
 * that is not the subject.
 *
 * @param types none for all; a deletion is of the type of its target, too
 * @param until what the topic got before then
 * @param ids of events; none for all
 */
public record RecordFilter(
        Set<EventType> types,
        @Nullable Instant until,
        @Nullable String tool,
        @Nullable String subject,
        @Nullable String run,
        Set<String> ids) {
    /** Every record. */
    public static final RecordFilter ALL = new RecordFilter(Set.of(), null, null, null, null, Set.of());

    public RecordFilter {
        types = Set.copyOf(types);
        ids = Set.copyOf(ids);
    }

    /** Those of a subject. */
    public static RecordFilter ofSubject(String subject, Set<EventType> types) {
        return new RecordFilter(types, null, null, subject, null, Set.of());
    }

    /** Whether there is no condition but of time. */
    public boolean isOpen() {
        return types.isEmpty() && ids.isEmpty() && tool == null && subject == null && run == null;
    }

    /**
     * Whether a record is meant.
     *
     * @param toolOf reads the tool that the content of a record names, or null
     */
    public boolean accepts(SourceRecord record, Function<SourceRecord, @Nullable String> toolOf) {
        return (until == null || record.appendedAt().isBefore(until))
                && is(subject, record.header(EnvelopeHeaders.SUBJECT))
                && is(run, record.header(EnvelopeHeaders.RUN_ID))
                && (ids.isEmpty() || ids.contains(text(record, EnvelopeHeaders.ID)))
                && isOfTypes(record)
                && (tool == null || isOfTool(record, tool, toolOf));
    }

    private static boolean is(@Nullable String wanted, @Nullable String value) {
        return wanted == null || wanted.equals(value);
    }

    private boolean isOfTypes(SourceRecord record) {
        return types.isEmpty()
                || EventType.forCeType(text(record, EnvelopeHeaders.TYPE))
                        .filter(types::contains)
                        .isPresent()
                || EventType.forWireName(text(record, EnvelopeHeaders.TARGET_TYPE))
                        .filter(types::contains)
                        .isPresent();
    }

    private static boolean isOfTool(SourceRecord record, String tool, Function<SourceRecord, @Nullable String> toolOf) {
        boolean subjectIsTool = EventType.forCeType(text(record, EnvelopeHeaders.TYPE))
                .filter(type -> type.subjectField().equals("tool_id"))
                .isPresent();
        return tool.equals(subjectIsTool ? record.header(EnvelopeHeaders.SUBJECT) : toolOf.apply(record));
    }

    private static String text(SourceRecord record, String header) {
        String value = record.header(header);
        return value == null ? "" : value;
    }
}
