package dev.dise.cli;

/** No stack answers at an address. */
final class NoStackException extends RuntimeException {
    NoStackException(String what, String address) {
        super("no stack answers: " + what + " at " + address
                + " is not there. Start one with ./dise up, or add --local to this command");
    }
}
