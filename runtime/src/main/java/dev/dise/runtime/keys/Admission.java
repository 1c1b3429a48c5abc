package dev.dise.runtime.keys;

/** Whether a key opens a door. */
public sealed interface Admission {
    /** It does. */
    record Admitted(ApiKey key) implements Admission {}

    /** It is a live key that does not open this door. */
    record WrongScope(ApiKey key) implements Admission {}

    /** There is no such live key; whether it is misspelt, revoked or ended is nobody's business. */
    record Unknown() implements Admission {}
}
