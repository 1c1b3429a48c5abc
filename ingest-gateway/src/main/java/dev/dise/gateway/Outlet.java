package dev.dise.gateway;

import dev.dise.ingest.Receipt;
import dev.dise.schemas.Event;
import java.util.concurrent.CompletableFuture;

/** Where events go: the emitter, or what stands in for it. */
@FunctionalInterface
interface Outlet {
    /** Sends the event on its way; the answer comes when it is safe, or will not be. */
    CompletableFuture<Receipt> send(Event event);
}
