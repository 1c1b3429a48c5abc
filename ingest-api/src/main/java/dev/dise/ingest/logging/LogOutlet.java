package dev.dise.ingest.logging;

import dev.dise.ingest.ArtifactEmitter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Emits log lines, but for those that come of emitting. Never throws. Thread-safe. */
final class LogOutlet {
    private static final List<String> OWN_LOGGERS = List.of("dev.dise.ingest", "org.apache.kafka");
    private static final List<String> OWN_THREADS = List.of("dise-emitter", "kafka-producer-network-thread");
    /** Whether this thread is emitting a line: what is logged meanwhile, as by a hook of the redaction, is not emitted. */
    private static final ThreadLocal<Boolean> EMITTING = ThreadLocal.withInitial(() -> false);

    private final Supplier<@Nullable ArtifactEmitter> emitter;
    private final @Nullable String toolId;

    /**
     * @param emitter asked at each line; null for none
     * @param toolId what the tool is where the line does not say; null for the last part of the logger's name
     */
    LogOutlet(Supplier<@Nullable ArtifactEmitter> emitter, @Nullable String toolId) {
        this.emitter = emitter;
        this.toolId = toolId;
    }

    /**
     * Emits a line, unless its logger or thread is the emitter's own.
     *
     * @param line made if it is to be emitted
     */
    void emit(String logger, String thread, Supplier<LogLine> line) {
        if (EMITTING.get() || isOwn(logger, thread)) {
            return;
        }
        EMITTING.set(true);
        try {
            ArtifactEmitter current = emitter.get();
            if (current != null) {
                LogLine made = line.get();
                current.emit(made.log(toolId), made.time());
            }
        } catch (RuntimeException | StackOverflowError e) {
            // Arguments of the record are code of the tool, which may fail. To log that would come back here, and a log
            // line is not worth a crash.
        } finally {
            EMITTING.remove();
        }
    }

    private static boolean isOwn(String logger, String thread) {
        return OWN_LOGGERS.stream().anyMatch(own -> logger.startsWith(own) && isWhole(own, logger))
                || OWN_THREADS.stream().anyMatch(thread::startsWith);
    }

    private static boolean isWhole(String own, String logger) {
        return logger.length() == own.length() || logger.charAt(own.length()) == '.';
    }
}
