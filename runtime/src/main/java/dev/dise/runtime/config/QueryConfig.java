package dev.dise.runtime.config;

/**
 * The read side over HTTP.
 *
 * @param http where it listens
 * @param auth who may ask, and who may change anything
 * @param sql whether people may ask by SQL
 */
public record QueryConfig(HttpConfig http, AuthConfig auth, SqlConfig sql) {
    private static final int DEFAULT_PORT = 8081;

    /** Open to whom the defaults let in. */
    public static QueryConfig at(HttpConfig http) {
        return new QueryConfig(http, AuthConfig.auto(), SqlConfig.off());
    }

    /** The same at another place. */
    public QueryConfig on(HttpConfig other) {
        return new QueryConfig(other, auth, sql);
    }

    static QueryConfig from(Section section) {
        Section auth = section.section("auth");
        QueryConfig config = new QueryConfig(
                HttpConfig.partOf(section, DEFAULT_PORT),
                AuthConfig.from(auth),
                SqlConfig.from(section.section("sql")));
        if (config.auth.isRequiredAt(config.http) && config.auth.keysFile().isBlank()) {
            auth.mistake(
                    "keys_file",
                    "must be set where the query service can be reached from outside, which it can at host "
                            + config.http.host() + "; or set query.auth.required to false");
        }
        section.refuseUnknownKeys();
        return config;
    }
}
