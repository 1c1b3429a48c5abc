package dev.dise.cli.imports;

import dev.dise.schemas.LogLevel;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Counts what becomes of the lines of a log. For one thread. */
final class LogTally {
    private final Map<LogLevel, Long> levels = new EnumMap<>(LogLevel.class);
    private long linesRead;
    private long blank;
    private long records;
    private long linesInRecords;
    private long withTime;
    private long withLevel;
    private long cut;
    private long repaired;

    void addLine(LogText line) {
        linesRead++;
        blank += line.isBlank() ? 1 : 0;
        cut += line.isCut() ? 1 : 0;
        repaired += line.isRepaired() ? 1 : 0;
    }

    void addRecord(LogRecord log) {
        LogLine first = log.first();
        records++;
        linesInRecords += log.lines();
        withTime += first.time() == null ? 0 : 1;
        withLevel += first.level() == null ? 0 : 1;
        levels.merge(log.level(), 1L, Long::sum);
    }

    LogImportSummary summary(long bytesRead) {
        return new LogImportSummary(
                linesRead,
                bytesRead,
                blank,
                records,
                linesInRecords,
                withTime,
                withLevel,
                cut,
                repaired,
                Collections.unmodifiableMap(new EnumMap<>(levels)));
    }
}
