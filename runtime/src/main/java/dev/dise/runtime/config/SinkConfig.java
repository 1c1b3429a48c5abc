package dev.dise.runtime.config;

/** What a sink service has beside its store: where it reports its health. */
public record SinkConfig(HttpConfig health) {
    static SinkConfig from(Section section, int defaultHealthPort) {
        SinkConfig config = new SinkConfig(HttpConfig.from(section.section("health"), defaultHealthPort));
        section.refuseUnknownKeys();
        return config;
    }
}
