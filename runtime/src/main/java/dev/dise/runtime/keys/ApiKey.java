package dev.dise.runtime.keys;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept: everything but its secret.
 *
 * @param name whose it is; two live keys may share it while one replaces the other
 * @param keyId the part of the key that may be shown
 * @param sha256 the hash of the secret, in hexadecimal; a hash this fast is enough for a secret of 256 random bits
 * @param scopes what it opens
 * @param created when it was made
 * @param notAfter when it ends; null for never
 * @param eventsPerSecond its rate; null for the server's own
 * @param bytesPerSecond its rate; null for the server's own
 */
public record ApiKey(
        String name,
        String keyId,
        String sha256,
        Set<Scope> scopes,
        Instant created,
        @Nullable Instant notAfter,
        @Nullable Long eventsPerSecond,
        @Nullable Long bytesPerSecond) {
    private static final int LONGEST_NAME = 64;

    public ApiKey {
        require(
                name.matches("[\\w.-]{1," + LONGEST_NAME + "}"),
                "a name has letters, digits, dots and dashes, up to 64");
        require(keyId.matches(KeyText.ID), "a key_id has 8 lower-case letters and digits");
        require(sha256.matches("[0-9a-f]{64}"), "a sha256 has 64 hexadecimal digits");
        require(!scopes.isEmpty(), "a key has at least one scope");
        require(eventsPerSecond == null || eventsPerSecond > 0, "events_per_second is above 0");
        require(bytesPerSecond == null || bytesPerSecond > 0, "bytes_per_second is above 0");
        scopes = Set.copyOf(scopes);
    }

    /** Whether it still opens anything at that time. */
    public boolean isLive(Instant now) {
        return notAfter == null || now.isBefore(notAfter);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
