package dev.dise.gateway;

import dev.dise.runtime.config.GatewayConfig;
import dev.dise.runtime.config.GatewayLimits;
import dev.dise.runtime.keys.Admission;
import dev.dise.runtime.keys.ApiKey;
import dev.dise.runtime.keys.Doorkeeper;
import dev.dise.runtime.keys.Scope;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Knows who may come in, and how fast. Thread-safe. */
final class Gatekeeper {
    private static final HeaderName API_KEY = HeaderNames.create("x-api-key");

    private final Doorkeeper doorkeeper;
    private final GatewayLimits.Load load;
    private final LongSupplier nanoClock;
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();

    Gatekeeper(Doorkeeper doorkeeper, GatewayLimits.Load load, LongSupplier nanoClock) {
        this.doorkeeper = doorkeeper;
        this.load = load;
        this.nanoClock = nanoClock;
    }

    static Gatekeeper of(GatewayConfig config) {
        return new Gatekeeper(
                Doorkeeper.of(config.auth(), config.http()), config.limits().load(), System::nanoTime);
    }

    /**
     * Who brings the request.
     *
     * @throws ProblemException 401, 403, or 429 after too many wrong keys
     */
    Caller admit(ServerRequest request, Scope scope) {
        var shown = new Doorkeeper.Shown(header(request, HeaderNames.AUTHORIZATION), header(request, API_KEY));
        return switch (doorkeeper.admit(shown, scope, request.remotePeer().host())) {
            case Admission.Anonymous anonymous -> Caller.ANONYMOUS;
            case Admission.Admitted admitted -> callerOf(admitted.key());
            case Admission.WrongScope wrong -> throw new ProblemException(Problem.forbidden(scope.wireName()));
            case Admission.Throttled throttled -> throw new ProblemException(Problem.rate(throttled.pause()));
            case Admission.Unknown unknown -> throw new ProblemException(Problem.unauthorized());
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

    private static @Nullable String header(ServerRequest request, HeaderName name) {
        return request.headers().first(name).orElse(null);
    }
}
