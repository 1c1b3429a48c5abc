package dev.dise.cli.imports;

import dev.dise.schemas.Envelope;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How to read a log.
 *
 * @param toolId whose log it is
 * @param zone the zone of times that name none
 * @param untimed the time of lines before the first that says one; its year is that of syslog times, which say none
 */
public record LogImportOptions(String toolId, ZoneId zone, Instant untimed) {

    public LogImportOptions {
        if (toolId.isBlank() || toolId.length() > Envelope.MAX_SUBJECT) {
            throw new IllegalArgumentException("a tool id has 1 to " + Envelope.MAX_SUBJECT + " characters");
        }
    }

    /** Times without a zone are taken as UTC. */
    public static LogImportOptions inUtc(String toolId, Instant untimed) {
        return new LogImportOptions(toolId, ZoneOffset.UTC, untimed);
    }
}
