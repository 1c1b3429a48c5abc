package dev.dise.cli.imports;

import dev.dise.schemas.LogLevel;
import java.util.Map;

/**
 * What became of all lines of a log: {@code linesRead = linesInRecords + blank}, always, once the import is at its end.
 * The record that is still being put together while the import runs is in {@code linesRead} only.
 *
 * @param linesRead lines of the input so far
 * @param bytesRead bytes of the input so far; for progress
 * @param blank lines with nothing in them
 * @param records events made
 * @param linesInRecords lines that are part of those events
 * @param withTime records that say their time
 * @param withLevel records that say their level
 * @param cut lines that were too long, and are there in part
 * @param repaired lines with bytes that are not UTF-8 or are NUL, replaced by the replacement character
 * @param levels records by level
 */
public record LogImportSummary(
        long linesRead,
        long bytesRead,
        long blank,
        long records,
        long linesInRecords,
        long withTime,
        long withLevel,
        long cut,
        long repaired,
        Map<LogLevel, Long> levels) {}
