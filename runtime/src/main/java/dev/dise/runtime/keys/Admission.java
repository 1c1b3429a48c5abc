package dev.dise.runtime.keys;

import java.time.Duration;

/** Whether a key opens a door. */
public sealed interface Admission {
    /** It does. */
    record Admitted(ApiKey key) implements Admission {}

    /** It is a live key that does not open this door. */
    record WrongScope(ApiKey key) implements Admission {}

    /** No key was shown, and none is needed. */
    record Anonymous() implements Admission {}

    /** Too many wrong keys came from there. */
    record Throttled(Duration pause) implements Admission {}

    /** There is no such live key; whether it is misspelt, revoked or ended is nobody's business. */
    record Unknown() implements Admission {}
}
