package dev.dise.gateway;

import dev.dise.runtime.config.GatewayConfig;
import dev.dise.runtime.config.GatewayLimits;
import dev.dise.runtime.keys.Admission;
import dev.dise.runtime.keys.ApiKey;
import dev.dise.runtime.keys.KeyFile;
import dev.dise.runtime.keys.KeyRing;
import dev.dise.runtime.keys.Scope;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Knows who may come in. Thread-safe. */
final class Gatekeeper {
    private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
    private static final String BEARER = "bearer ";
    /** Wrong keys that one address may try at once, and a second. */
    private static final int TRIES = 20;

    private static final int TRIES_PER_SECOND = 2;
    private static final int ADDRESSES = 1024;

    private final @Nullable KeyRing keys;
    private final boolean keyIsNeeded;
    private final GatewayLimits.Load load;
    private final LongSupplier nanoClock;
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();
    /** Bounded, whoever tries: addresses that share one share its tries. */
    private final TokenBucket[] tries = new TokenBucket[ADDRESSES];

    Gatekeeper(@Nullable KeyRing keys, boolean keyIsNeeded, GatewayLimits.Load load, LongSupplier nanoClock) {
        this.keys = keys;
        this.keyIsNeeded = keyIsNeeded;
        this.load = load;
        this.nanoClock = nanoClock;
        Arrays.setAll(tries, i -> new TokenBucket(TRIES_PER_SECOND, TRIES, nanoClock));
    }

    static Gatekeeper of(GatewayConfig config) {
        String file = config.auth().keysFile();
        Clock clock = Clock.systemUTC();
        KeyRing keys = file.isEmpty() ? null : new KeyRing(new KeyFile(Path.of(file), clock), clock);
        return new Gatekeeper(keys, config.needsKey(), config.limits().load(), System::nanoTime);
    }

    /**
     * Who brings the request.
     *
     * @throws ProblemException 401, 403, or 429 after too many wrong keys
     */
    Caller admit(ServerRequest request, Scope scope) {
        String presented = presented(request);
        if (presented == null && !keyIsNeeded) {
            return Caller.ANONYMOUS;
        }
        if (keys == null && !keyIsNeeded) {
            // There are no keys here, so this one is of another server; it opens nothing that is not open.
            return Caller.ANONYMOUS;
        }
        Admission admission =
                presented == null || keys == null ? new Admission.Unknown() : keys.admit(presented, scope);
        return switch (admission) {
            case Admission.Admitted admitted -> callerOf(admitted.key());
            case Admission.WrongScope wrong -> throw new ProblemException(Problem.forbidden(scope.wireName()));
            case Admission.Unknown unknown -> throw refused(request);
        };
    }

    private Caller callerOf(ApiKey key) {
        // A new rate in the file makes a new caller.
        String rated = key.keyId() + " " + key.eventsPerSecond() + " " + key.bytesPerSecond();
        return callers.computeIfAbsent(rated, it -> {
            long events = Objects.requireNonNullElse(key.eventsPerSecond(), load.keyEvents());
            long bytes = Objects.requireNonNullElse(key.bytesPerSecond(), load.keyBytes());
            return new Caller(key.name(), Rate.of(events, bytes, nanoClock));
        });
    }

    private ProblemException refused(ServerRequest request) {
        TokenBucket left = tries[Math.floorMod(request.remotePeer().host().hashCode(), ADDRESSES)];
        if (!left.debt().isZero()) {
            return new ProblemException(Problem.rate(left.debt()));
        }
        left.take(1);
        return new ProblemException(Problem.unauthorized());
    }

    private static @Nullable String presented(ServerRequest request) {
        String bearer = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return bearer.substring(BEARER.length()).strip();
        }
        return request.headers().first(API_KEY).map(String::strip).orElse(null);
    }
}
