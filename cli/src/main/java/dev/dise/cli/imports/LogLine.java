package dev.dise.cli.imports;

import dev.dise.schemas.LogLevel;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a line says.
 *
 * @param time its time, or null
 * @param level its level, or null
 * @param message the rest of it
 * @param details what else was recognised: logger, thread and the like
 */
record LogLine(@Nullable Instant time, @Nullable LogLevel level, String message, Map<String, Object> details) {

    LogLine {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    static LogLine plain(String message) {
        return new LogLine(null, null, message, Map.of());
    }

    static LogLine of(@Nullable LogLevel level, String message, Map<String, Object> details) {
        return new LogLine(null, level, message, details);
    }

    LogLine at(Instant newTime) {
        return new LogLine(newTime, level, message, details);
    }

    /** Whether it says enough about itself to be the beginning of a record. */
    boolean hasHead() {
        return time != null || level != null;
    }
}
