package dev.dise.bench.gateway;

import dev.dise.bench.emit.CallTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several clients that send the same request for a while, each as soon as its last one is answered. */
final class Load {
    private static final int MOST_REQUESTS = 2_000_000;

    private final int port;
    private final int clients;
    private final Duration time;

    Load(int port, int clients, Duration time) {
        this.port = port;
        this.clients = clients;
        this.time = time;
    }

    CallTimes run(byte[] request, int expectedStatus) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Future<long[]>> running = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < clients; i++) {
                running.add(pool.submit(() -> send(request, expectedStatus)));
            }
            List<long[]> times = new ArrayList<>();
            for (Future<long[]> each : running) {
                times.add(each.get());
            }
            return CallTimes.of(times, (System.nanoTime() - start) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    private long[] send(byte[] request, int expectedStatus) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        long[] times = new long[MOST_REQUESTS / clients];
        int count = 0;
        try (KeepAliveClient client = new KeepAliveClient(port)) {
            for (long now = System.nanoTime(); now - end < 0 && count < times.length; count++) {
                client.exchange(request, expectedStatus);
                long after = System.nanoTime();
                times[count] = after - now;
                now = after;
            }
        }
        return java.util.Arrays.copyOf(times, count);
    }
}
