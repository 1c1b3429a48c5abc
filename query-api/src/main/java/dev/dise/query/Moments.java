package dev.dise.query;

import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads points in time: RFC 3339, or how long ago. */
public record Moments(Clock clock) {
    private static final String RULE =
            "must be a time as in 2026-01-31T08:15:00Z, or a duration back from now as in 90s, 30m, 2h, 7d or 4w";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,8})([smhdw])");
    /** An offset whose plus was not percent-encoded, and so arrived as a space. */
    private static final Pattern SPACED_OFFSET = Pattern.compile("(.*T.*) (\\d\\d:\\d\\d)");

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * The moment that a text says.
     *
     * @throws RefusedException if the text is neither a time nor how long ago; it begins with the name
     */
    public OffsetDateTime parse(String name, String text) {
        Matcher duration = DURATION.matcher(text);
        Instant moment = duration.matches() ? clock.instant().minus(length(name, duration)) : time(name, text);
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** The moment that a parameter names; null if it was not given. */
    public @Nullable OffsetDateTime of(String name, Parameters parameters) {
        return parameters.one(name).map(text -> parse(name, text)).orElse(null);
    }

    /** The same as an instant. */
    public @Nullable Instant instant(String name, Parameters parameters) {
        OffsetDateTime moment = of(name, parameters);
        return moment == null ? null : moment.toInstant();
    }

    /** The present, in UTC. */
    public OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** The same for as long as one question is answered. */
    public Moments standingStill() {
        return new Moments(Clock.fixed(clock.instant(), ZoneOffset.UTC));
    }

    /**
     * Reads a length of time.
     *
     * @throws RefusedException if the text is no length such as 5m, or one of none or of a hundred years and more
     */
    public static Duration length(String name, String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw RefusedException.badValue(name, "must be a length of time as in 30s, 5m, 1h or 1d");
        }
        Duration length = length(name, duration);
        if (length.isZero()) {
            throw RefusedException.badValue(name, "must be longer than nothing");
        }
        return length;
    }

    private static Duration length(String name, Matcher matcher) {
        long amount = Long.parseLong(matcher.group(1));
        Duration length = switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofDays(7 * amount);
        };
        if (length.compareTo(LONGEST) > 0) {
            throw RefusedException.badValue(name, "must not reach back further than 36500d");
        }
        return length;
    }

    private static Instant time(String name, String text) {
        try {
            Instant time = EnvelopeHeaders.parseTime(SPACED_OFFSET.matcher(text).replaceFirst("$1+$2"));
            if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                throw RefusedException.badValue(name, "must be in the years 1 to 9999");
            }
            return time;
        } catch (InvalidEventException e) {
            throw RefusedException.badValue(name, RULE);
        }
    }
}
