package dev.dise.runtime.config;

import java.nio.file.Path;

/**
 * The door over HTTP.
 *
 * @param http where it listens
 * @param auth who may come in
 * @param limits what it takes from whom
 * @param spool where events wait that Kafka cannot take
 */
public record GatewayConfig(HttpConfig http, AuthConfig auth, GatewayLimits limits, SpoolConfig spool) {
    private static final int DEFAULT_PORT = 8080;

    /** With the default limits, open to whom the defaults let in, and without a spool. */
    public static GatewayConfig at(HttpConfig http) {
        return new GatewayConfig(http, AuthConfig.auto(), GatewayLimits.defaults(), SpoolConfig.none());
    }

    /** The same at another place. */
    public GatewayConfig on(HttpConfig other) {
        return new GatewayConfig(other, auth, limits, spool);
    }

    /** The same with other limits. */
    public GatewayConfig with(GatewayLimits other) {
        return new GatewayConfig(http, auth, other, spool);
    }

    /** The same with other rules of who may come in. */
    public GatewayConfig with(AuthConfig other) {
        return new GatewayConfig(http, other, limits, spool);
    }

    /** The same with a spool in that folder, unless it has one. */
    public GatewayConfig withSpoolIn(Path folder) {
        return new GatewayConfig(http, auth, limits, spool.orIn(folder));
    }

    /** Whether a request that brings events has to have a key. */
    public boolean needsKey() {
        return auth.isRequiredAt(http);
    }

    static GatewayConfig from(Section section) {
        Section auth = section.section("auth");
        GatewayConfig config = new GatewayConfig(
                HttpConfig.partOf(section, DEFAULT_PORT),
                AuthConfig.from(auth),
                GatewayLimits.from(section.section("limits")),
                SpoolConfig.from(section.section("spool")));
        if (config.needsKey() && config.auth.keysFile().isBlank()) {
            auth.mistake(
                    "keys_file",
                    "must be set where the gateway can be reached from outside, which it can at host "
                            + config.http.host() + "; or set gateway.auth.required to false");
        }
        section.refuseUnknownKeys();
        return config;
    }
}
