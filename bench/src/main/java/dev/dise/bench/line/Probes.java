package dev.dise.bench.line;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Events of which it is known when they were sent, and when a reader saw them first. */
public final class Probes {
    /** So many that some go to each partition. */
    private static final int TOOLS = 16;

    private static final String UNSEEN =
            "SELECT event_id FROM dise.tool_logs WHERE tool_id = ANY (?) AND event_time >= ?";
    private static final Object[] NAMES =
            IntStream.range(0, TOOLS).mapToObj(Probes::tool).toArray();

    private final Map<UUID, Probe> outstanding = new ConcurrentHashMap<>();
    private final List<Seen> seen = new ArrayList<>();

    private record Probe(Instant time, long sent) {}

    private record Seen(long sent, long seen) {}

    public static String tool(int number) {
        return "probe-" + number % TOOLS;
    }

    public void sent(UUID id, Instant time) {
        outstanding.put(id, new Probe(time, System.nanoTime()));
    }

    /** Looks once for those that no reader has seen yet; returns how many were seen so far. */
    public long look(Connection connection) throws SQLException {
        Instant oldest = outstanding.values().stream()
                .map(Probe::time)
                .min(Instant::compareTo)
                .orElseGet(Instant::now);
        try (PreparedStatement statement = connection.prepareStatement(UNSEEN)) {
            statement.setArray(1, connection.createArrayOf("text", NAMES));
            statement.setObject(2, oldest.atOffset(ZoneOffset.UTC).minusNanos(1_000));
            try (ResultSet row = statement.executeQuery()) {
                long now = System.nanoTime();
                while (row.next()) {
                    note(outstanding.remove(row.getObject(1, UUID.class)), now);
                }
            }
        }
        synchronized (this) {
            return seen.size();
        }
    }

    private synchronized void note(@Nullable Probe probe, long now) {
        if (probe != null) {
            seen.add(new Seen(probe.sent(), now));
        }
    }

    /** The time from sending to seeing that 99 % of those sent in this time did not exceed; all must have been seen. */
    public synchronized double p99Millis(Window window) {
        long[] waits = seen.stream()
                .filter(one -> window.has(one.sent()))
                .mapToLong(one -> one.seen() - one.sent())
                .sorted()
                .toArray();
        if (waits.length == 0) {
            throw new IllegalStateException("no live event was seen");
        }
        return waits[(int) Math.min(waits.length - 1L, Math.round(0.99 * waits.length))] / 1e6;
    }
}
