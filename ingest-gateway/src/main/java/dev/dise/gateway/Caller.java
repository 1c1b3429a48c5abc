package dev.dise.gateway;

/**
 * Who brings a request.
 *
 * @param name of the key; for logs and people
 * @param rate how fast it may bring events
 */
record Caller(String name, Rate rate) {
    /** Somebody without a key, where none is needed. */
    static final Caller ANONYMOUS = new Caller("anonymous", Rate.unlimited());
}
