package dev.dise.pg.archive;

import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.schemas.EventType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells which rows of an archived file are of a forgotten subject; {@code ForgottenRows} says the same of tables. */
final class ForgottenInFile {
    private final DailyTable table;
    private final ForgottenSubject subject;
    private final List<@Nullable String> columns;

    /**
     * @param columns as the file's first line names them
     */
    ForgottenInFile(DailyTable table, ForgottenSubject subject, List<@Nullable String> columns) {
        this.table = table;
        this.subject = subject;
        this.columns = columns;
    }

    boolean covers(List<@Nullable String> row) {
        return isOfSubject(row) && (isBefore(time(row, "event_time")) || isBefore(time(row, "ingested_at")));
    }

    /** What a column says, as a time; null if it says none that can be read. */
    @Nullable
    Instant time(List<@Nullable String> row, String column) {
        String text = value(row, column);
        try {
            // The session that writes the files is in UTC.
            return text == null ? null : Instant.parse(text.replace(' ', 'T').replaceFirst("\\+00$", "Z"));
        } catch (DateTimeException e) {
            // Of a year that only PostgreSQL writes like that.
            return null;
        }
    }

    private boolean isOfSubject(List<@Nullable String> row) {
        return switch (table) {
            case TOOL_LOGS -> is(row, EventType.LOG);
            case TOOL_DEBUG_DATA -> is(row, EventType.DEBUG_DATA);
            case CONVERSATIONS -> is(row, EventType.CONVERSATION);
            case TOOL_PERFORMANCE ->
                value(row, "artifact_id") == null ? is(row, EventType.PERF_DATA) : is(row, EventType.PERFORMANCE);
        };
    }

    private boolean is(List<@Nullable String> row, EventType type) {
        return (subject.type() == null || subject.type() == type)
                && subject.subject().equals(value(row, type.subjectField()));
    }

    private boolean isBefore(@Nullable Instant time) {
        return time == null || !time.isAfter(subject.forgottenAt());
    }

    private @Nullable String value(List<@Nullable String> row, String column) {
        int index = columns.indexOf(column);
        return index < 0 || index >= row.size() ? null : row.get(index);
    }
}
