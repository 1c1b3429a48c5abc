package dev.dise.runtime.sink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts and times what a sink does. */
public final class MeteredSink<T> implements Sink<T> {
    private final Sink<T> sink;
    private final Timer timer;
    private final DistributionSummary sizes;
    private final Counter written;
    private final Counter unavailable;

    /**
     * @param name the service, as in {@code pg-sink}; a tag of every meter
     */
    public MeteredSink(Sink<T> sink, String name, MeterRegistry meters) {
        this.sink = sink;
        this.timer = meters.timer("dise.sink.write", "sink", name);
        this.sizes = meters.summary("dise.sink.batch.size", "sink", name);
        this.written = meters.counter("dise.sink.records", "sink", name);
        this.unavailable = meters.counter("dise.sink.unavailable", "sink", name);
    }

    @Override
    public void open() throws StoreUnavailableException {
        sink.open();
    }

    @Override
    public void write(Batch<T> batch, Refusals refusals) throws StoreUnavailableException, PlaceLostException {
        Timer.Sample sample = Timer.start();
        try {
            sink.write(batch, refusals);
            sizes.record(batch.deliveries().size());
            written.increment(batch.deliveries().size());
        } catch (StoreUnavailableException e) {
            unavailable.increment();
            throw e;
        } finally {
            sample.stop(timer);
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
