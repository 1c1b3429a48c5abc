package dev.dise.cli;

import dev.dise.localdev.LocalStack;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The addresses of a running stack, beside its state, so that other commands find it.
 *
 * @param pid the process that runs it
 * @param kafka host:port
 */
record StackFile(long pid, URI gateway, URI query, String kafka, String postgres, String qdrant) {
    private static final String NAME = "stack.json";

    static StackFile of(LocalStack stack) {
        var config = stack.config();
        return new StackFile(
                ProcessHandle.current().pid(),
                stack.gatewayAddress(),
                stack.queryAddress(),
                config.kafka().bootstrapServers(),
                "postgresql://" + config.database().logins().reader().user() + "@"
                        + config.database().host() + ":" + config.database().port() + "/"
                        + config.database().database(),
                config.rag().qdrant().host() + ":" + config.rag().qdrant().grpcPort());
    }

    /** The stack that runs on this folder; empty if none does. */
    static Optional<StackFile> read(Path folder) {
        try {
            StackFile file = Json.mapper().readValue(Files.readAllBytes(folder.resolve(NAME)), StackFile.class);
            boolean runs = ProcessHandle.of(file.pid()).isPresent();
            return runs ? Optional.of(file) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its PostgreSQL listens on this machine. */
    int postgresPort() {
        return URI.create(postgres).getPort();
    }

    /** Where its Qdrant listens on this machine. */
    int qdrantPort() {
        return Integer.parseInt(qdrant.substring(qdrant.lastIndexOf(':') + 1));
    }

    void write(Path folder) {
        try {
            Files.write(folder.resolve(NAME), Json.encode(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
