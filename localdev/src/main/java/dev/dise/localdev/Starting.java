package dev.dise.localdev;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Starts parts side by side; if one cannot start, those that did are closed again. */
final class Starting implements AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("start-", 0).factory());
    private final List<CompletableFuture<? extends AutoCloseable>> parts = new ArrayList<>();

    <P extends AutoCloseable> CompletableFuture<P> start(Supplier<P> starter) {
        CompletableFuture<P> part = CompletableFuture.supplyAsync(starter, threads);
        parts.add(part);
        return part;
    }

    /** Returns when all run; else throws what the first that could not start has thrown. */
    void awaitAll() {
        try {
            CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            try (Closing started = new Closing()) {
                parts.stream()
                        .filter(part -> !part.isCompletedExceptionally())
                        .forEach(part -> started.add(part.join()));
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
