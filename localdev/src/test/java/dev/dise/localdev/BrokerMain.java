package dev.dise.localdev;

import dev.dise.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker as a process of its own, which alone can be killed. For tests. */
public final class BrokerMain {
    private BrokerMain() {}

    /** Runs until it is killed, in the folder and on the port of the arguments. */
    public static void main(String[] args) throws InterruptedException {
        EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]));
        new CountDownLatch(1).await();
    }
}
