package dev.dise.cli.imports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time at the beginning of a line.
 *
 * @param time the time
 * @param end where the text after it begins
 * @param isSyslog whether a host and a process follow
 */
record LogTime(Instant time, int end, boolean isSyslog) {
    private static final String CLOCK = "(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?";
    private static final Pattern ISO = Pattern.compile("\\[?(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T ]" + CLOCK
            + "(?: ?(Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)(?!\\w))?(?!\\w)\\]?");
    private static final Pattern SHORT_YEAR = Pattern.compile("\\[?(\\d\\d)/(\\d\\d)/(\\d\\d) " + CLOCK + "\\b\\]?");
    private static final Pattern SYSLOG =
            Pattern.compile("(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(\\d{1,2}) " + CLOCK + "(?= )");
    private static final Pattern EPOCH = Pattern.compile("\\[?([12]\\d{9}(?:\\.\\d{1,9})?|[12]\\d{12})\\]?(?=[\\s:|])");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    /** Clocks differ a little: a syslog time so far ahead is still of this year. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** The time that the text begins with, if it does. */
    static Optional<LogTime> parse(String text, LogImportOptions options) {
        try {
            return iso(text, options.zone())
                    .or(() -> shortYear(text, options.zone()))
                    .or(() -> syslog(text, options))
                    .or(() -> epoch(text));
        } catch (DateTimeException e) {
            // Looks like a time but is none, such as a 31st of June: the line is read as one without.
            return Optional.empty();
        }
    }

    private static Optional<LogTime> iso(String text, ZoneId zone) {
        Matcher m = ISO.matcher(text);
        if (!m.lookingAt()) {
            return Optional.empty();
        }
        LocalDateTime local = local(number(m, 1), number(m, 2), number(m, 3), m, 4);
        String offset = m.group(8);
        ZoneId said = offset == null ? zone : ZoneId.of(offset);
        return Optional.of(new LogTime(local.atZone(said).toInstant(), m.end(), false));
    }

    private static Optional<LogTime> shortYear(String text, ZoneId zone) {
        Matcher m = SHORT_YEAR.matcher(text);
        if (!m.lookingAt()) {
            return Optional.empty();
        }
        LocalDateTime local = local(2000 + number(m, 1), number(m, 2), number(m, 3), m, 4);
        return Optional.of(new LogTime(local.atZone(zone).toInstant(), m.end(), false));
    }

    private static Optional<LogTime> syslog(String text, LogImportOptions options) {
        Matcher m = SYSLOG.matcher(text);
        if (!m.lookingAt()) {
            return Optional.empty();
        }
        int year = options.untimed().atZone(options.zone()).getYear();
        Instant time = syslogTime(m, year, options.zone());
        boolean isNextYear = time.isAfter(options.untimed().plus(AHEAD));
        return Optional.of(new LogTime(isNextYear ? syslogTime(m, year - 1, options.zone()) : time, m.end(), true));
    }

    private static Optional<LogTime> epoch(String text) {
        Matcher m = EPOCH.matcher(text);
        return m.lookingAt()
                ? Timestamps.ofNumber(new BigDecimal(m.group(1))).map(time -> new LogTime(time, m.end(), false))
                : Optional.empty();
    }

    private static Instant syslogTime(Matcher m, int year, ZoneId zone) {
        int month = Month.of(MONTHS.indexOf(m.group(1)) + 1).getValue();
        return local(year, month, number(m, 2), m, 3).atZone(zone).toInstant();
    }

    /** A date with the clock in four groups of the match; a leap second is the one before it. */
    private static LocalDateTime local(int year, int month, int day, Matcher m, int clock) {
        int second = Math.min(59, number(m, clock + 2));
        String fraction = m.group(clock + 3);
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
        return LocalDateTime.of(year, month, day, number(m, clock), number(m, clock + 1), second, nanos);
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
