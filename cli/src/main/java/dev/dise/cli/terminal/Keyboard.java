package dev.dise.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a person answers, or a pipe does. */
public final class Keyboard {
    private Keyboard() {}

    /** The next line of the standard input; null where nobody answers. */
    public static @Nullable String line() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("the answer cannot be read", e);
        }
    }
}
