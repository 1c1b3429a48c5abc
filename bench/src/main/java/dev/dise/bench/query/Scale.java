package dev.dise.bench.query;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * How much of everything there is, all in proportion to the log rows, and of which days.
 *
 * @param now the moment behind the last row
 */
record Scale(int logs, OffsetDateTime now) {
    static final int DAYS = 10;
    /** Of which log lines are; {@code LogEvents} has as many. */
    static final int LOGGING_TOOLS = 200;

    private static final int FEW_LOGS = 50_000;
    private static final int MEASUREMENTS_OF_A_TOOL = 100;

    static Scale of(int rows) {
        return new Scale(rows, OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
    }

    int failures() {
        return Math.max(1, logs / 20);
    }

    int bugs() {
        return failures();
    }

    int edges() {
        return failures();
    }

    int points() {
        return Math.max(200, logs / 10);
    }

    /** Those that are registered, are measured and fail. */
    int tools() {
        return Math.max(20, logs / 500);
    }

    int measurements() {
        return tools() * MEASUREMENTS_OF_A_TOOL;
    }

    int liveEventsPerSecond() {
        return Math.clamp(logs / 100, 100, 2_000);
    }

    Effort effort() {
        return logs < FEW_LOGS ? new Effort(1, 3, Duration.ofSeconds(1)) : new Effort(60, 300, Duration.ofSeconds(8));
    }

    /** When number so many of so many happened: evenly over all days. */
    OffsetDateTime time(int number, int of) {
        long micros = Duration.ofDays(DAYS).toNanos() / 1_000;
        return now.minus(Duration.ofDays(DAYS)).plus((long) ((double) micros * number / of), ChronoUnit.MICROS);
    }

    /**
     * How often a kind of question is asked.
     *
     * @param warmUp times before it counts
     * @param calls times that count
     * @param most the longest that the counted calls may take, and half as much the others
     */
    record Effort(int warmUp, int calls, Duration most) {
        /** However slow it is. */
        static final int FEWEST = 3;
    }
}
