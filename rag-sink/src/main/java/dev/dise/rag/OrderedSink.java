package dev.dise.rag;

import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.PlaceLostException;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Sink;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.function.BooleanSupplier;

/** The sink of a generation that writes behind its followers while it is live, and tells when it has written. */
record OrderedSink<T>(Sink<T> sink, int generation, BooleanSupplier isLive, FollowersFirst order) implements Sink<T> {
    @Override
    public void open() throws StoreUnavailableException {
        sink.open();
    }

    @Override
    public void write(Batch<T> batch, Refusals refusals) throws StoreUnavailableException, PlaceLostException {
        if (isLive.getAsBoolean()) {
            order.awaitOthers(generation, batch.spans());
        }
        sink.write(batch, refusals);
        order.wrote(generation, batch.spans());
    }

    @Override
    public void close() {
        order.forget(generation);
        sink.close();
    }
}
