package dev.dise.cli.imports;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record of a log while its lines come in: the first, and those that belong to it. */
final class LogRecord {
    static final int MAX_LINES = 1_000;
    /** As the bytes that it takes in JSON, so that the event stays within its bound. */
    static final int MAX_BYTES = 512 * 1024;

    private final long firstLine;
    private final LogLine first;
    private final Instant time;
    private final StringBuilder raw;
    private final StringBuilder message;
    private int lines = 1;
    private long bytes;

    /**
     * @param time its time, said by the line or not
     */
    LogRecord(LogText text, LogLine first, Instant time) {
        firstLine = text.number();
        this.first = first;
        this.time = time;
        raw = new StringBuilder(text.text());
        message = new StringBuilder(first.message());
        bytes = jsonBytes(text.text());
    }

    LogLine first() {
        return first;
    }

    LogLevel level() {
        LogLevel said = first.level();
        return said == null ? LogLevel.INFO : said;
    }

    Instant time() {
        return time;
    }

    int lines() {
        return lines;
    }

    /** Whether the line still fits. */
    boolean hasRoomFor(String text) {
        return lines < MAX_LINES && bytes + jsonBytes(text) <= MAX_BYTES;
    }

    void append(String text) {
        raw.append('\n').append(text);
        message.append('\n').append(text);
        bytes += jsonBytes(text);
        lines++;
    }

    /** The event; its id follows from tool, file, place and text, and not from the time, which may be a guess. */
    ImportedLog event(String toolId, String file) {
        String identity = String.join("\n", "log", toolId, file, Long.toString(firstLine), raw);
        Log log = new Log(toolId, level(), message.toString(), details(file));
        Event event = Event.of(EventIds.nameBased(identity).toString(), LineStamp.SOURCE, time, log);
        return new ImportedLog(event, firstLine, lines);
    }

    private Map<String, Object> details(String file) {
        Map<String, Object> details = new LinkedHashMap<>(first.details());
        details.put("file", file);
        details.put("line", firstLine);
        details.put("lines", lines);
        if (lines > 1) {
            details.put("stack_lines", lines - 1);
        }
        if (first.time() == null) {
            details.put("time_inferred", true);
        }
        return details;
    }

    private static long jsonBytes(String text) {
        long size = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                size += 6;
            } else if (c < 0x80) {
                size += c == '"' || c == '\\' ? 2 : 1;
            } else {
                size += 3;
            }
        }
        return size;
    }
}
