package dev.dise.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceMainTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aServiceThatIsStoppedExitsWithZero() throws IOException {
        assertThat(run("{}", (config, health, metrics) -> ended(CompletableFuture.completedFuture(null))))
                .isZero();
    }

    @Test
    void aServiceThatFailsExitsWithOne() throws IOException {
        CompletableFuture<Void> failed = CompletableFuture.failedFuture(new IllegalStateException("a bug"));
        assertThat(run("{}", (config, health, metrics) -> ended(failed))).isEqualTo(1);
    }

    @Test
    void aServiceThatCannotStartExitsWithOne() throws IOException {
        assertThat(run("{}", (config, health, metrics) -> {
                    throw new IllegalStateException("cannot migrate");
                }))
                .isEqualTo(1);
    }

    @Test
    void aWrongConfigExitsWithTwo() throws IOException {
        assertThat(run("{kafak: {}}", (config, health, metrics) -> ended(new CompletableFuture<>())))
                .isEqualTo(2);
    }

    private int run(String yaml, ServiceMain.Starter starter) throws IOException {
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, yaml);
        return ServiceMain.runUntilStopped("test", new String[] {file.toString()}, starter);
    }

    private static Service ended(CompletableFuture<Void> end) {
        return new Service() {
            @Override
            public CompletableFuture<Void> ended() {
                return end;
            }

            @Override
            public void close() {}
        };
    }
}
