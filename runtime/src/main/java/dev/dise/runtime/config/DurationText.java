package dev.dise.runtime.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a time span is written in the config: {@code 500ms}, {@code 20s}, {@code 5m}, {@code 2h}, {@code 30d}. */
final class DurationText {
    static final String EXAMPLES = "500ms, 20s, 5m, 2h or 30d";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms",
            ChronoUnit.MILLIS,
            "s",
            ChronoUnit.SECONDS,
            "m",
            ChronoUnit.MINUTES,
            "h",
            ChronoUnit.HOURS,
            "d",
            ChronoUnit.DAYS);

    private DurationText() {}

    /** Empty if it is not one. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2))))
                : Optional.empty();
    }

    /** In the largest unit that it is a whole number of; anything below a millisecond is left out. */
    static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3_600 != 0) {
            return duration.toMinutes() + "m";
        }
        return seconds % 86_400 != 0 ? duration.toHours() + "h" : duration.toDays() + "d";
    }
}
