package dev.dise.runtime.config;

import java.time.Duration;

/**
 * Whether and how long people may ask by SQL.
 *
 * @param enabled needs {@code database.sql}, a role of its own
 * @param timeout how long one statement may take
 */
public record SqlConfig(boolean enabled, Duration timeout) {
    private static final Duration USUAL = Duration.ofSeconds(10);
    /** Those who ask wait half a minute for an answer. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    /** What a config says that says nothing. */
    static SqlConfig off() {
        return new SqlConfig(false, USUAL);
    }

    static SqlConfig from(Section section) {
        SqlConfig config = new SqlConfig(
                section.flag("enabled", false), section.duration("timeout", USUAL, Duration.ofMillis(100), LONGEST));
        section.refuseUnknownKeys();
        return config;
    }
}
