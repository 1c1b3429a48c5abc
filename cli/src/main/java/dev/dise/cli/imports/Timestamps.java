package dev.dise.cli.imports;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the forms of time found in real data: ISO 8601 with or without a zone, and seconds, milliseconds, microseconds
 * or nanoseconds since 1970 as a number or as a text. What is not a time between 1970 and 2200 is none.
 */
final class Timestamps {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** Ten digits are seconds until the year 2286; each three more are a finer unit. */
    private static final BigDecimal SECONDS_BELOW = new BigDecimal("1e11");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}(?:\\.\\d{1,20})?");
    private static final Pattern ZONED = Pattern.compile(".*(?:Z|[+-]\\d\\d:?\\d\\d)");

    private Timestamps() {}

    /** The time that a JSON value says. */
    static Optional<Instant> read(@Nullable JsonNode value, ZoneId zoneless) {
        if (value == null) {
            return Optional.empty();
        }
        if (value.isNumber()) {
            return ofNumber(value.decimalValue());
        }
        return value.isString() ? parse(value.stringValue(), zoneless) : Optional.empty();
    }

    /** The time that a text says. */
    static Optional<Instant> parse(String text, ZoneId zoneless) {
        String trimmed = text.strip();
        if (NUMBER.matcher(trimmed).matches()) {
            return ofNumber(new BigDecimal(trimmed));
        }
        return ofIso(trimmed.replace(',', '.').replaceFirst("(?<=\\d) (?=\\d)", "T"), zoneless);
    }

    /** The time a number of seconds, milliseconds, microseconds or nanoseconds after 1970, told by its size. */
    static Optional<Instant> ofNumber(BigDecimal number) {
        if (number.signum() <= 0 || number.precision() - number.scale() > 19) {
            return Optional.empty();
        }
        BigDecimal seconds = number;
        while (seconds.compareTo(SECONDS_BELOW) >= 0) {
            seconds = seconds.movePointLeft(3);
        }
        long micros = seconds.movePointRight(6).setScale(0, RoundingMode.FLOOR).longValueExact();
        return sane(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
    }

    private static Optional<Instant> ofIso(String text, ZoneId zoneless) {
        try {
            Instant time = ZONED.matcher(text).matches()
                    ? OffsetDateTime.parse(withColon(text)).toInstant()
                    : LocalDateTime.parse(text).atZone(zoneless).toInstant();
            return sane(time);
        } catch (DateTimeException e) {
            // Not a time; what that means is for the caller to say.
            return Optional.empty();
        }
    }

    private static String withColon(String text) {
        return text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
    }

    private static Optional<Instant> sane(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? Optional.empty() : Optional.of(time);
    }
}
