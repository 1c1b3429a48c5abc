package dev.dise.query.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;

/** How much room Kafka's disks have, and how long that is at the present rate. Used by one thread. */
final class Room {
    private static final int LOOKS = 7;
    private static final long PATIENCE_SECONDS = 5;

    private final Deque<Look> looks = new ArrayDeque<>();

    private record Look(long nanos, long usable, long written) {}

    /** Looks at the disks; once in ten seconds is enough. */
    void look(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        var brokers = admin.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
                .map(Node::id)
                .toList();
        long usable = Long.MAX_VALUE;
        long written = 0;
        for (var dirs : admin.describeLogDirs(brokers)
                .allDescriptions()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .values()) {
            for (LogDirDescription dir : dirs.values()) {
                usable = Math.min(usable, dir.usableBytes().orElse(Long.MAX_VALUE));
                written += dir.replicaInfos().values().stream()
                        .mapToLong(replica -> replica.size())
                        .sum();
            }
        }
        looks.addLast(new Look(System.nanoTime(), usable, written));
        if (looks.size() > LOOKS) {
            looks.removeFirst();
        }
    }

    /** Seconds until the fullest disk is full; empty if nothing is known, or nothing grows. */
    Optional<Double> seconds() {
        if (looks.size() < 2 || looks.getLast().usable() == Long.MAX_VALUE) {
            return Optional.empty();
        }
        double seconds = (looks.getLast().nanos() - looks.getFirst().nanos()) / 1e9;
        double rate = (looks.getLast().written() - looks.getFirst().written()) / Math.max(1e-3, seconds);
        return rate < 1 ? Optional.empty() : Optional.of(looks.getLast().usable() / rate);
    }
}
