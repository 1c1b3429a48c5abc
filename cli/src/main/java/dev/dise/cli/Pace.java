package dev.dise.cli;

import dev.dise.ingest.ArtifactEmitter;
import java.util.concurrent.TimeUnit;

/** Holds back who sends more than Kafka takes, so that nothing is dropped for want of room. */
record Pace(ArtifactEmitter emitter, long bufferBytes) {
    private static final long PAUSE_MILLIS = 5;

    /** Waits while the buffer is more than half full. */
    void keep() throws InterruptedException {
        while (emitter.stats().bufferedBytes() > bufferBytes / 2) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
