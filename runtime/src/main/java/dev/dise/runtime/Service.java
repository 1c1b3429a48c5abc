package dev.dise.runtime;

import java.util.concurrent.CompletableFuture;

/** A part of the line that runs until it is closed. */
public interface Service extends AutoCloseable {
    /** Done when the service has ended; exceptionally if a bug or wrong set-up ended it. */
    CompletableFuture<Void> ended();

    /** Finishes what was begun, within seconds, and stops; closing twice is harmless. */
    @Override
    void close();

    /** The same service with an HTTP server that ends with it. */
    default Service alongWith(AdminServer server) {
        Service service = this;
        return new Service() {
            @Override
            public CompletableFuture<Void> ended() {
                return service.ended();
            }

            @Override
            public void close() {
                service.close();
                server.close();
            }
        };
    }
}
