package dev.dise.localdev;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was opened, last first, each even if another fails; closing twice is harmless. */
final class Closing implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    synchronized Closing add(AutoCloseable part) {
        parts.push(part);
        return this;
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                // The rest must be closed all the same: a server left behind holds its port and its folder.
                log.atWarn().setCause(e).log("a part did not close cleanly");
            }
        }
    }
}
