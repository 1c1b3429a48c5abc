package dev.dise.runtime.keys;

import dev.dise.runtime.config.AuthConfig;
import dev.dise.runtime.config.HttpConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Decides who may come in, and slows down who tries wrong keys. Thread-safe. */
public final class Doorkeeper {
    private static final String BEARER = "bearer ";
    /** Wrong keys that one address may try at once, and a second. */
    private static final int TRIES = 20;

    private static final int TRIES_PER_SECOND = 2;
    private static final int ADDRESSES = 1024;

    private final @Nullable KeyRing keys;
    private final boolean keyIsNeeded;
    /** Bounded, whoever tries: addresses that share one share its tries. */
    private final TokenBucket[] tries = new TokenBucket[ADDRESSES];

    /** What a request shows of a key: its {@code Authorization} and its {@code X-Api-Key}. */
    public record Shown(
            @Nullable String authorization, @Nullable String apiKey) {
        private @Nullable String key() {
            if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return authorization.substring(BEARER.length()).strip();
            }
            return apiKey == null ? null : apiKey.strip();
        }
    }

    /**
     * Guards a door.
     *
     * @param keys null if there are none
     */
    public Doorkeeper(@Nullable KeyRing keys, boolean keyIsNeeded, LongSupplier nanoClock) {
        this.keys = keys;
        this.keyIsNeeded = keyIsNeeded;
        Arrays.setAll(tries, i -> new TokenBucket(TRIES_PER_SECOND, TRIES, nanoClock));
    }

    /** Guards a server by its config. */
    public static Doorkeeper of(AuthConfig auth, HttpConfig http) {
        Clock clock = Clock.systemUTC();
        String file = auth.keysFile();
        KeyRing keys = file.isEmpty() ? null : new KeyRing(new KeyFile(Path.of(file), clock), clock);
        return new Doorkeeper(keys, auth.isRequiredAt(http), System::nanoTime);
    }

    /**
     * Whether the request may come in.
     *
     * @param address where it comes from
     */
    public Admission admit(Shown shown, Scope scope, String address) {
        String key = shown.key();
        if (!keyIsNeeded && (key == null || keys == null)) {
            // Where there are no keys, one that is shown is of another server; it opens nothing that is not open.
            return new Admission.Anonymous();
        }
        Admission admission = key == null || keys == null ? new Admission.Unknown() : keys.admit(key, scope);
        return admission instanceof Admission.Unknown ? refused(admission, address) : admission;
    }

    private Admission refused(Admission unknown, String address) {
        TokenBucket left = tries[Math.floorMod(address.hashCode(), ADDRESSES)];
        if (!left.debt().isZero()) {
            return new Admission.Throttled(left.debt());
        }
        left.take(1);
        return unknown;
    }
}
