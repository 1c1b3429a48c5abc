package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.ingest.Receipt;
import dev.dise.schemas.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Takes events and answers as it is told to, in the place of an emitter. */
final class ScriptedOutlet implements Outlet {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile Function<Event, CompletableFuture<Receipt>> script = ScriptedOutlet::inKafka;
    private volatile boolean keeps = true;

    /** Says what becomes of each event from now on. */
    void answer(Function<Event, CompletableFuture<Receipt>> newScript) {
        script = newScript;
    }

    /** Whether events are kept from now on. */
    void keep(boolean isKeeping) {
        keeps = isKeeping;
    }

    @Override
    public CompletableFuture<Receipt> send(Event event) {
        if (keeps) {
            events.add(event);
        }
        return script.apply(event);
    }

    /** How many came since it was last asked for them. */
    int count() {
        return events.size();
    }

    /** What came since it was last asked. */
    List<Event> taken() {
        List<Event> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** As if nothing had come. */
    void forget() {
        events.clear();
    }

    static CompletableFuture<Receipt> inKafka(Event event) {
        return CompletableFuture.completedFuture(new Receipt.InKafka(event.envelope(), "dise.events", 0, 0));
    }

    static CompletableFuture<Receipt> inSpool(Event event) {
        return CompletableFuture.completedFuture(new Receipt.InSpool(event.envelope()));
    }

    static String dataOf(Event event) {
        return new String(event.data(), UTF_8);
    }
}
