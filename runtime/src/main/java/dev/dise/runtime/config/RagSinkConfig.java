package dev.dise.runtime.config;

/**
 * What the rag sink has beside its store.
 *
 * @param health where it reports its health
 * @param stateDir folder for what it knows of {@code dise.vectors}, its own alone; empty for one that ends with the process
 *     and is read again from the topic at the next start
 */
public record RagSinkConfig(HttpConfig health, String stateDir) {
    static RagSinkConfig from(Section section, int defaultHealthPort) {
        RagSinkConfig config = new RagSinkConfig(
                HttpConfig.from(section.section("health"), defaultHealthPort), section.text("state_dir", ""));
        section.refuseUnknownKeys();
        return config;
    }
}
