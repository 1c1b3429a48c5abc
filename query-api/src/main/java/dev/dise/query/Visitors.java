package dev.dise.query;

import dev.dise.runtime.config.QueryConfig;
import dev.dise.runtime.keys.Admission;
import dev.dise.runtime.keys.Doorkeeper;
import dev.dise.runtime.keys.Scope;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Knows who may ask, and who may change anything. Where no key is needed, a change must come from this machine and from no
 * foreign web page: a browser sends requests for any page that it shows. Thread-safe.
 */
public final class Visitors {
    static final String ANONYMOUS = "anonymous";

    private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
    private static final HeaderName ORIGIN = HeaderNames.create("Origin");

    private final Doorkeeper doorkeeper;

    Visitors(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    static Visitors of(QueryConfig config) {
        return new Visitors(Doorkeeper.of(config.auth(), config.http()));
    }

    /**
     * The name of who asks.
     *
     * @throws RefusedException 401, 403, or 429 after too many wrong keys
     */
    String admit(ServerRequest request, Scope scope) {
        var shown = new Doorkeeper.Shown(header(request, HeaderNames.AUTHORIZATION), header(request, API_KEY));
        return switch (doorkeeper.admit(shown, scope, request.remotePeer().host())) {
            case Admission.Anonymous anonymous -> anonymous(request, scope);
            case Admission.Admitted admitted -> admitted.key().name();
            case Admission.WrongScope wrong ->
                throw new RefusedException(
                        Problem.forbidden("the key has no scope " + scope.wireName() + "; use one that has"));
            case Admission.Throttled throttled ->
                throw new RefusedException(
                        Problem.tooManyTries(throttled.pause().toSeconds() + 1));
            case Admission.Unknown unknown -> throw new RefusedException(Problem.unauthorized());
        };
    }

    /**
     * The same, and without a key it must come from this machine and from no foreign page, whatever it is about.
     *
     * @throws RefusedException 401, 403, or 429 after too many wrong keys
     */
    public String admitHere(ServerRequest request, Scope scope) {
        String name = admit(request, scope);
        if (name.equals(ANONYMOUS)) {
            requireHere(request);
        }
        return name;
    }

    private static String anonymous(ServerRequest request, Scope scope) {
        if (scope == Scope.ADMIN || scope == Scope.SQL) {
            requireHere(request);
        }
        return ANONYMOUS;
    }

    private static void requireHere(ServerRequest request) {
        requireThisMachine(hostOf("http://" + header(request, HeaderNames.HOST)));
        String origin = header(request, ORIGIN);
        if (origin != null && !origin.equals("http://" + header(request, HeaderNames.HOST))) {
            throw new RefusedException(Problem.forbidden("another site's page may not do that here"));
        }
    }

    /** A name that leads here by a trick of the name service is no name of this machine. */
    private static void requireThisMachine(String host) {
        if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("[::1]")) {
            throw new RefusedException(Problem.forbidden(
                    "without keys only this machine may do that, as localhost; set query.auth for others"));
        }
    }

    private static String hostOf(String address) {
        try {
            String host = URI.create(address).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // No name at all is not this machine's.
            return "";
        }
    }

    private static @Nullable String header(ServerRequest request, HeaderName name) {
        return request.headers().first(name).orElse(null);
    }
}
