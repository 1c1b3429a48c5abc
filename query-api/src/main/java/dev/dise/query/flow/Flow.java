package dev.dise.query.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The line as a graph with what passes each edge, and in words.
 *
 * @param at when, RFC 3339
 * @param accepted events that the first topic has had
 * @param inFlight records that wait before any reader
 * @param dropped events that emitters told of as lost
 * @param state of the slowest reader
 * @param etaSeconds until the slowest reader has caught up; null if it will not
 * @param remarks what a person should know, the worst first
 */
public record Flow(
        String at,
        long accepted,
        double acceptedRate,
        long inFlight,
        long deadLetters,
        long dropped,
        String state,
        @Nullable Double etaSeconds,
        List<Node> nodes,
        List<Edge> edges,
        List<Reader> readers,
        List<Remark> remarks) {

    /**
     * A part of the line.
     *
     * @param kind door, topic, service or store
     * @param note a line below its name
     * @param tone bad, warn, or empty
     */
    public record Node(String id, String kind, String name, String note, String tone) {}

    /** What passes from one node to another, in records a second. */
    public record Edge(String from, String to, double rate) {}

    /** A sentence; its tone is bad, warn or good. */
    public record Remark(String tone, String text) {}

    /**
     * What is known of a store.
     *
     * @param reason why it cannot be reached; empty if it can
     */
    public record StoreState(String id, String name, boolean reachable, String reason) {}

    public Flow {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        readers = List.copyOf(readers);
        remarks = List.copyOf(remarks);
    }
}
