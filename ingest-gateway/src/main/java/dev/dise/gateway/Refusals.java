package dev.dise.gateway;

import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import dev.dise.schemas.Violation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The refusals that only the edge knows. */
final class Refusals {
    private Refusals() {}

    /** Each broken rule with the field that breaks it, and never with what is in the field: answers end up in logs. */
    static String explain(InvalidEventException refusal) {
        return refusal.violations().stream().map(Refusals::explain).collect(Collectors.joining("; "));
    }

    static String explain(Violation violation) {
        return (violation.path().isEmpty() ? "the event" : violation.path()) + " " + violation.rule();
    }

    static InvalidEventException malformed(String rule) {
        return new InvalidEventException(Reason.MALFORMED, List.of(new Violation("", rule, null)));
    }

    static InvalidEventException envelope(String path, String rule, @Nullable String value) {
        return new InvalidEventException(Reason.ENVELOPE, List.of(new Violation(path, rule, value)));
    }

    static InvalidEventException tooLarge(String rule) {
        return new InvalidEventException(Reason.TOO_LARGE, List.of(new Violation("", rule, null)));
    }

    static InvalidEventException unknownType(String type) {
        String rule = "must be one of " + String.join(", ", EventType.wireNames());
        return new InvalidEventException(Reason.UNKNOWN_TYPE, List.of(new Violation("/type", rule, type)));
    }
}
