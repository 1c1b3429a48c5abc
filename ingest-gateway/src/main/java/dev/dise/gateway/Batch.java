package dev.dise.gateway;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Receipt;
import dev.dise.schemas.Event;
import dev.dise.schemas.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The items of one request: a bad one costs itself and none of its neighbours. */
final class Batch {
    private final EventReader reader;
    private final ArtifactEmitter emitter;

    Batch(EventReader reader, ArtifactEmitter emitter) {
        this.reader = reader;
        this.emitter = emitter;
    }

    /** Sends what is good, then waits for all of it until the deadline; one result per item, in their order. */
    List<ItemResult> deliver(List<byte[]> items, long deadlineNanos) {
        List<LongFunction<ItemResult>> outcomes = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            outcomes.add(send(i, items.get(i)));
        }
        return outcomes.stream().map(outcome -> outcome.apply(deadlineNanos)).toList();
    }

    private LongFunction<ItemResult> send(int index, byte[] item) {
        @Nullable String id = null;
        try {
            Draft draft = Draft.of(JsonCutter.members(item));
            id = draft.attributes().id();
            Event event = reader.read(draft);
            String finalId = event.envelope().id();
            CompletableFuture<Receipt> answer = emitter.send(event);
            return deadline -> ItemResult.of(index, finalId, Outcome.await(answer, deadline));
        } catch (InvalidEventException e) {
            ItemResult refused = ItemResult.refused(index, id, e);
            return deadline -> refused;
        }
    }
}
