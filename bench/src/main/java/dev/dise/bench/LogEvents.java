package dev.dise.bench;

import dev.dise.schemas.LogLevel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Log events as tools write them, about 300 bytes of data each. The number of an event decides everything but its time,
 * so the same numbers are the same rows in every measurement of a run.
 */
public final class LogEvents {
    private static final long SEED = 20_261;
    private static final int TOOLS = 200;
    private static final int EVENTS_PER_MILLISECOND = 50;
    private static final List<LogLevel> LEVELS = List.of(
            LogLevel.DEBUG,
            LogLevel.INFO,
            LogLevel.INFO,
            LogLevel.INFO,
            LogLevel.INFO,
            LogLevel.WARNING,
            LogLevel.ERROR);
    private static final List<String> MESSAGES = List.of(
            "request finished, answered from the cache of the model, nothing was sent to the provider at all",
            "retrying after a timeout of the provider; the back-off doubles with each attempt up to 30 s",
            "tool version evolved: the candidate passed its tests and is faster than the one it replaces",
            "could not parse the answer as JSON, asking the model to repair it with the error as a hint",
            "loaded 128 examples for the prompt and kept the 16 that are nearest to what was asked for");
    private static final List<String> STAGES = List.of("plan", "generate", "execute", "repair", "evaluate");

    private final Instant first;
    private final List<String> realLines;

    /**
     * @param first the time of the first event
     * @param realLines lines of real logs, of which every other event takes one; may be empty
     */
    public LogEvents(Instant first, List<String> realLines) {
        this.first = first;
        this.realLines = List.copyOf(realLines);
    }

    public LogEvent at(int number) {
        SplittableRandom random = new SplittableRandom(SEED + number);
        // Neighbouring seeds give neighbouring first numbers.
        random.nextLong();
        Instant time = first.plusMillis(number / EVENTS_PER_MILLISECOND);
        return new LogEvent(
                id(time, random),
                time,
                "tool-" + random.nextInt(TOOLS),
                LEVELS.get(random.nextInt(LEVELS.size())),
                message(number, random),
                details(random));
    }

    private String message(int number, SplittableRandom random) {
        return realLines.isEmpty() || number % 2 == 0
                ? MESSAGES.get(random.nextInt(MESSAGES.size())) + " #" + random.nextInt(100_000)
                : realLines.get(random.nextInt(realLines.size()));
    }

    private static Map<String, ?> details(SplittableRandom random) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("stage", STAGES.get(random.nextInt(STAGES.size())));
        details.put("request_id", Long.toHexString(random.nextLong()));
        details.put("duration_ms", random.nextInt(1, 100_000) / 10.0);
        details.put("attempt", random.nextInt(1, 4));
        details.put("cached", random.nextBoolean());
        details.put("model", "qwen2.5-coder:" + random.nextInt(1, 15) + "b");
        return details;
    }

    /** A UUIDv7, as the emitters make them. */
    private static UUID id(Instant time, SplittableRandom random) {
        long high = time.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000);
        return new UUID(high, Long.MIN_VALUE | random.nextLong() >>> 2);
    }
}
