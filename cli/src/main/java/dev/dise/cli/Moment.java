package dev.dise.cli;

import dev.dise.runtime.config.Keeping;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** A point in time as people write it: a time, a day (UTC), or how long ago. */
public final class Moment {
    /** The rule, for who breaks it. */
    public static final String RULE =
            "a time as in 2026-01-31T08:15:00Z, a day as in 2026-01-31, or how long ago as in 48h or 90d";

    private Moment() {}

    /** Empty if the text names none. */
    public static Optional<Instant> parse(String text, Instant now) {
        Optional<Duration> ago = Keeping.span(text);
        if (ago.isPresent()) {
            return Optional.of(now.minus(ago.get()));
        }
        try {
            return Optional.of(
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
