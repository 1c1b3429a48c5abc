package dev.dise.ingest;

/** Closes an emitter when the JVM exits, so that a tool that just ends still delivers its last events. */
final class ExitHook {
    private final Thread thread;

    ExitHook(ArtifactEmitter emitter) {
        this.thread = new Thread(emitter::close, "dise-emitter-exit");
    }

    void add() {
        Runtime.getRuntime().addShutdownHook(thread);
    }

    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is exiting: the hook runs now, and closing twice is harmless.
        }
    }
}
