package dev.dise.runtime.config;

/** How the router guarantees its output. */
public record RouterConfig(Guarantee processingGuarantee, HttpConfig health) {
    /** What Kafka Streams promises between its topics. */
    public enum Guarantee {
        /** The default: the stores are idempotent, so a record that comes twice is stored once. */
        AT_LEAST_ONCE,
        /** Transactions between the topics. */
        EXACTLY_ONCE_V2
    }

    static RouterConfig from(Section section) {
        RouterConfig config = new RouterConfig(
                section.choice("processing_guarantee", Guarantee.AT_LEAST_ONCE, Guarantee.values()),
                HttpConfig.from(section.section("health"), 9101));
        section.refuseUnknownKeys();
        return config;
    }
}
