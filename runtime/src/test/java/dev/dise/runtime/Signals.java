package dev.dise.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Sends what Java cannot send to processes. For tests. */
public final class Signals {
    private Signals() {}

    /**
     * Sends a signal, and returns when it is sent.
     *
     * @param signal without its SIG, as in {@code STOP}
     */
    public static void send(String signal, long... pids) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        for (long pid : pids) {
            command.add(Long.toString(pid));
        }
        try {
            new ProcessBuilder(command).inheritIO().start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
