package dev.dise.schemas;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An event that will never be accepted as it is: a 400 at the edge, a dead letter behind it. */
public final class InvalidEventException extends RuntimeException {
    /** Why an event is refused; the code in answers, dead letters and metrics. */
    public enum Reason {
        /** Not the bytes of one JSON document in strict UTF-8. */
        MALFORMED,
        /** A field is missing, unknown, or not what its schema says. */
        SCHEMA,
        /** An attribute of the envelope is missing or impossible. */
        ENVELOPE,
        /** No such event type. */
        UNKNOWN_TYPE,
        /** Larger than an event may be. */
        TOO_LARGE
    }

    private final Reason reason;
    private final List<Violation> violations;

    public InvalidEventException(Reason reason, List<Violation> violations) {
        super(join(violations));
        this.reason = reason;
        this.violations = List.copyOf(violations);
    }

    static InvalidEventException of(String path, String rule, @Nullable Object value) {
        Reason reason = path.equals("/type") ? Reason.UNKNOWN_TYPE : Reason.ENVELOPE;
        return new InvalidEventException(
                reason, List.of(new Violation(path, rule, value == null ? null : value.toString())));
    }

    static InvalidEventException malformed(String rule) {
        return new InvalidEventException(Reason.MALFORMED, List.of(new Violation("", rule, null)));
    }

    /** Why, in one word. */
    public Reason reason() {
        return reason;
    }

    /** Every broken rule in one line, for a person. */
    public String explanation() {
        return join(violations);
    }

    /** Every broken rule; never empty. */
    public List<Violation> violations() {
        return violations;
    }

    private static String join(List<Violation> violations) {
        return violations.stream().map(Violation::message).collect(Collectors.joining("; "));
    }
}
