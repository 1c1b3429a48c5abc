package dev.dise.cli.tail;

import java.time.Instant;

/** Where the view of a topic begins. */
public sealed interface TailStart {
    /** With what comes from now on. */
    record Now() implements TailStart {}

    /** With the oldest that there is. */
    record Beginning() implements TailStart {}

    /** With what the broker got then or later. */
    record Since(Instant time) implements TailStart {}
}
