package dev.dise.bench.emit;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Emits log lines of 1 KB from one or more threads, at a pace or as fast as it goes, and times each call. */
public final class EmitLoop {
    /** No pause between two calls. */
    static final int UNPACED = 0;

    private static final int VARIETY = 512;
    private static final int MESSAGE_CHARACTERS = 880;

    /** Made before anything is measured: making its own data is the tool's work. */
    private static final List<Log> LOGS = IntStream.range(0, VARIETY)
            .mapToObj(i -> Log.of("tool-" + i % 32, LogLevel.INFO, message(i))
                    .withDetails(Map.of("attempt", i, "phase", "execute", "worker", "w-" + i % 8)))
            .toList();

    private final ArtifactEmitter emitter;

    EmitLoop(ArtifactEmitter emitter) {
        this.emitter = emitter;
    }

    /** The events, each of about 1 KB. */
    public static List<Log> logs() {
        return LOGS;
    }

    /**
     * Emits.
     *
     * @param calls of all threads together
     * @param perSecond of all threads together, or {@link #UNPACED}
     */
    CallTimes run(int threads, int calls, int perSecond) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<long[]>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                running.add(pool.submit(() -> emit(number, calls / threads, perSecond / threads)));
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

    private long[] emit(int thread, int calls, int perSecond) {
        long[] times = new long[calls];
        long pause = perSecond == UNPACED ? 0 : 1_000_000_000L / perSecond;
        long next = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            next += pause;
            while (pause > 0 && System.nanoTime() - next < 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            Log log = LOGS.get((i + thread * 37) % VARIETY);
            long begun = System.nanoTime();
            emitter.emit(log);
            times[i] = System.nanoTime() - begun;
        }
        return times;
    }

    private static String message(int number) {
        StringBuilder message = new StringBuilder("step " + number + " of the plan:");
        for (int word = number; message.length() < MESSAGE_CHARACTERS; word = word * 31 + 7) {
            message.append(" value-").append(Math.floorMod(word, 9973));
        }
        return message.substring(0, MESSAGE_CHARACTERS);
    }
}
