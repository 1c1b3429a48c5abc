package dev.dise.embedded.qdrant;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A server as a process of its own, which alone can be killed. For tests. */
public final class QdrantServerMain {

    private QdrantServerMain() {}

    /** Serves the directory of the argument and tells its port; runs until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        EmbeddedQdrant server = EmbeddedQdrant.start(Path.of(args[0]), 0);
        System.out.println("port " + server.port());
        new CountDownLatch(1).await();
    }
}
