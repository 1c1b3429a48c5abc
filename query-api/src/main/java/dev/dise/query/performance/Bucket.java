package dev.dise.query.performance;

import dev.dise.query.RefusedException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A length of time that a series has one figure for. Buckets begin at whole multiples of it, in UTC. */
enum Bucket {
    MINUTE("1m", Duration.ofMinutes(1)),
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    HOUR("1h", Duration.ofHours(1)),
    DAY("1d", Duration.ofDays(1));

    /** The most buckets of a series. */
    static final int MOST = 1_000;
    /** The shortest that is short enough. */
    static final String AUTO = "auto";

    private final String word;
    private final Duration length;

    Bucket(String word, Duration length) {
        this.word = word;
        this.length = length;
    }

    /**
     * The one that a question asks for.
     *
     * @throws RefusedException if there is no such, or there would be too many of it; it says which fits
     */
    static Bucket of(String text, OffsetDateTime since, OffsetDateTime until) {
        Optional<Bucket> fitting = Arrays.stream(values())
                .filter(bucket -> bucket.fits(since, until))
                .findFirst();
        if (text.equals(AUTO)) {
            return fitting.orElseThrow(() -> RefusedException.badValue(
                    "since", "must be at most " + MOST + " days before until: there are at most " + MOST + " buckets"));
        }
        Bucket asked = Arrays.stream(values())
                .filter(bucket -> bucket.word.equals(text))
                .findFirst()
                .orElseThrow(() -> RefusedException.badValue("bucket", "must be one of " + words()));
        if (!asked.fits(since, until)) {
            String rule = fitting.map(bucket -> "must be " + bucket.word + " or longer for this time")
                    .orElse("cannot be long enough for this time");
            throw RefusedException.badValue(
                    "bucket",
                    rule + ": of " + text + " there would be " + asked.count(since, until) + ", and there are at most "
                            + MOST);
        }
        return asked;
    }

    String word() {
        return word;
    }

    long seconds() {
        return length.toSeconds();
    }

    private boolean fits(OffsetDateTime since, OffsetDateTime until) {
        return count(since, until) <= MOST;
    }

    private long count(OffsetDateTime since, OffsetDateTime until) {
        long first = Math.floorDiv(since.toEpochSecond(), seconds());
        long last = Math.floorDiv(until.minusNanos(1).toEpochSecond(), seconds());
        return last - first + 1;
    }

    private static String words() {
        return Arrays.stream(values()).map(Bucket::word).collect(Collectors.joining(", ")) + ", " + AUTO;
    }
}
