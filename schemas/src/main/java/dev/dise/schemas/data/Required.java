package dev.dise.schemas.data;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import dev.dise.schemas.StorageStrategy;
import dev.dise.schemas.Violation;
import java.util.List;
import java.util.Map;

/** The checks that the records share. */
final class Required {
    private Required() {}

    /** An identity: neither blank nor longer than a subject may be. */
    static void id(String field, String value) {
        if (value.isBlank()) {
            throw refused(field, "must not be blank");
        }
        if (value.length() > Envelope.MAX_SUBJECT) {
            throw refused(field, "must have at most " + Envelope.MAX_SUBJECT + " characters");
        }
    }

    /** A text that is not empty. */
    static void text(String field, String value) {
        if (value.isEmpty()) {
            throw refused(field, "must not be empty");
        }
    }

    /** A number that JSON can say. */
    static void finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw refused(field, "must be a finite number");
        }
    }

    /** At least one metric, each a finite number. */
    static void metrics(String field, Map<String, ? extends Number> metrics) {
        if (metrics.isEmpty()) {
            throw refused(field, "must not be empty");
        }
        metrics.forEach((name, value) -> finite(field + "/" + name, value.doubleValue()));
    }

    /** One of the eight types that only Qdrant holds. */
    static void kind(String field, EventType type) {
        if (type.defaultStrategy() != StorageStrategy.RAG) {
            throw refused(field, "must be plan, function, sub_workflow, workflow, tool, prompt, pattern or code_fix");
        }
    }

    /** A type whose events are versions of an entity, and so can be removed. */
    static void target(String field, EventType type) {
        if (!type.isEntity()) {
            throw refused(field, "must be a type whose events are versions of an entity");
        }
    }

    private static InvalidEventException refused(String field, String rule) {
        return new InvalidEventException(Reason.SCHEMA, List.of(new Violation("/" + field, rule, null)));
    }
}
