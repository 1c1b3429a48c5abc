package dev.dise.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How the parts of one process are: each reports its own state, readers get the sum. Thread-safe. */
public final class Health {
    /** The state of a part. */
    public enum State {
        /** Not yet ready. */
        STARTING,
        /** Works. */
        UP,
        /** Waits for something outside to come back, and will go on by itself. */
        WAITING,
        /** Ended by a bug or wrong set-up; a person must act. */
        FAILED
    }

    /**
     * What a part says of itself.
     *
     * @param detail one sentence for a person; no secrets, no payloads
     */
    public record Report(State state, String detail) {}

    private final Map<String, Report> parts = new ConcurrentHashMap<>();

    /** Replaces what the part said before. */
    public void report(String part, State state, String detail) {
        parts.put(part, new Report(state, detail));
    }

    /** The part is no more, and was not missed. */
    public void forget(String part) {
        parts.remove(part);
    }

    /** Whether the process should go on: no part has failed. */
    public boolean isLive() {
        return parts.values().stream().noneMatch(report -> report.state() == State.FAILED);
    }

    /** Whether every part is up. */
    public boolean isReady() {
        return parts.values().stream().allMatch(report -> report.state() == State.UP);
    }

    /** Each part by name with what it said last. */
    public Map<String, Report> parts() {
        return new TreeMap<>(parts);
    }
}
