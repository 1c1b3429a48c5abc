package dev.dise.gateway;

import java.time.Duration;

/** The bounds of one request. */
final class Limits {
    /** The largest body, in bytes. */
    static final int BODY_BYTES = 8 * 1024 * 1024;
    /** The most items of one request. */
    static final int ITEMS = 1000;
    /** How long a request waits for Kafka's acknowledgement. */
    static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(10);
    /** What a client is asked to wait before it tries again. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    /** The most bytes of bodies that are worked on at one time. */
    static final int BODIES_IN_WORK_BYTES = 256 * 1024 * 1024;

    private Limits() {}
}
