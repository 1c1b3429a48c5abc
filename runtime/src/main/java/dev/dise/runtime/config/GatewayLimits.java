package dev.dise.runtime.config;

import java.time.Duration;

/**
 * What the gateway takes: by the size of one request, by the time that one may take, and by how much of all at once.
 *
 * @param sizes of one request
 * @param times of one request
 * @param load of all requests together, and of one key
 */
public record GatewayLimits(Sizes sizes, Times times, Load load) {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * The bounds of one request's size.
     *
     * @param body bytes as they come; a stream of lines may be longer
     * @param decompressed bytes of the same when they are unpacked
     * @param items events of one array
     * @param headers bytes of the headers
     * @param headerCount headers
     * @param uri bytes of the path with its query
     */
    public record Sizes(int body, int decompressed, int items, int headers, int headerCount, int uri) {
        static Sizes from(Section section) {
            return new Sizes(
                    (int) section.size("body", 8 * MIB, KIB, 256 * MIB),
                    (int) section.size("decompressed", 32 * MIB, KIB, 1024 * MIB),
                    section.number("items", 1000, 1, 100_000),
                    (int) section.size("headers", 16 * KIB, KIB, MIB),
                    section.number("header_count", 100, 8, 10_000),
                    (int) section.size("uri", 8 * KIB, 256, MIB));
        }
    }

    /**
     * The bounds of one request's time.
     *
     * @param header from a connection's first byte to the end of its headers
     * @param request from the headers to the end of the body; a stream of lines may last longer
     * @param idle of a connection between two requests
     * @param minBodyRate bytes a second that a body must bring after its first five seconds
     */
    public record Times(Duration header, Duration request, Duration idle, int minBodyRate) {
        static Times from(Section section) {
            return new Times(
                    section.duration("header_time", Duration.ofSeconds(5), SECOND, HOUR),
                    section.duration("request_time", Duration.ofSeconds(30), SECOND, HOUR),
                    section.duration("idle_time", Duration.ofSeconds(60), SECOND, HOUR),
                    (int) section.size("min_body_rate", KIB, 1, 100 * MIB));
        }
    }

    /**
     * The bounds of all requests together, and of each key.
     *
     * @param connections open at one time
     * @param requests worked on at one time
     * @param memory bytes of bodies in memory at one time
     * @param keyEvents events a second of a key that has no rate of its own
     * @param keyBytes bytes a second of a key that has no rate of its own
     */
    public record Load(int connections, int requests, long memory, long keyEvents, long keyBytes) {
        static Load from(Section section) {
            return new Load(
                    section.number("connections", 1024, 1, 100_000),
                    section.number("requests", 512, 1, 100_000),
                    section.size("memory", 128 * MIB, MIB, 1024 * 1024 * MIB),
                    section.number("key_events", 50_000, 1, Integer.MAX_VALUE),
                    section.size("key_bytes", 64 * MIB, KIB, 1024 * 1024 * MIB));
        }
    }

    /** What holds where the config says nothing. */
    public static GatewayLimits defaults() {
        return DiseConfig.defaults().gateway().limits();
    }

    /** The same with other sizes. */
    public GatewayLimits with(Sizes other) {
        return new GatewayLimits(other, times, load);
    }

    /** The same with other times. */
    public GatewayLimits with(Times other) {
        return new GatewayLimits(sizes, other, load);
    }

    /** The same with other loads. */
    public GatewayLimits with(Load other) {
        return new GatewayLimits(sizes, times, other);
    }

    static GatewayLimits from(Section section) {
        GatewayLimits limits = new GatewayLimits(Sizes.from(section), Times.from(section), Load.from(section));
        if (limits.sizes.decompressed < limits.sizes.body) {
            section.mistake("decompressed", "must not be below body but is " + SizeText.of(limits.sizes.decompressed));
        }
        if (limits.load.memory < limits.sizes.decompressed) {
            section.mistake("memory", "must not be below decompressed but is " + SizeText.of(limits.load.memory));
        }
        section.refuseUnknownKeys();
        return limits;
    }
}
