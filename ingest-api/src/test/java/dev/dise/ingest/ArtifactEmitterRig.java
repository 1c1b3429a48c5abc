package dev.dise.ingest;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/** Makes emitters whose producer does as told, and that hide what is usually hidden. */
public final class ArtifactEmitterRig {
    static final String SOURCE = "urn:dise:tool:test";
    static final String RUN_ID = "run-1";
    static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private ArtifactEmitterRig() {}

    /** One that nobody uses. */
    static ArtifactEmitter idle() {
        return emitter(ScriptedProducer::silent, 1, new Overflow.DropNewest());
    }

    public static ArtifactEmitter emitter(
            Supplier<Producer<byte[], byte[]>> producers, long bufferBytes, Overflow overflow) {
        return emitter(producers, bufferBytes, overflow, System::nanoTime);
    }

    static ArtifactEmitter emitter(
            Supplier<Producer<byte[], byte[]>> producers, long bufferBytes, Overflow overflow, LongSupplier clock) {
        EmitterSettings settings = new EmitterSettings(
                SOURCE, RUN_ID, () -> TRACEPARENT, Redaction.usual(), bufferBytes, overflow, Duration.ofMinutes(2));
        return new ArtifactEmitter(settings, producers, clock, QuerySide.ofEnvironment()).start();
    }
}
