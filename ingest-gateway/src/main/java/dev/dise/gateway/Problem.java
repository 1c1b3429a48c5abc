package dev.dise.gateway;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import dev.dise.schemas.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why a request was not accepted, as RFC 9457 has it.
 *
 * @param status the HTTP status
 * @param reason the code for programs, as in {@code SCHEMA}
 * @param title what the code means, always the same for it
 * @param detail this case, in a sentence
 * @param more other members of the answer
 */
record Problem(int status, String reason, String title, String detail, Map<String, ?> more) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String reason, String title, String detail) {
        return new Problem(status, reason, title, detail, Map.of());
    }

    /** Of an event that will never be accepted as it is. */
    static Problem of(InvalidEventException refusal) {
        List<Map<String, String>> violations =
                refusal.violations().stream().map(Problem::violation).toList();
        return new Problem(
                statusOf(refusal.reason()),
                refusal.reason().name(),
                titleOf(refusal.reason()),
                refusal.violations().stream().map(Violation::message).collect(Collectors.joining("; ")),
                Map.of("violations", violations));
    }

    /** Of an event that Kafka has not acknowledged. */
    static Problem unavailable(String id, Outcome.Undelivered outcome) {
        return new Problem(503, outcome.reason(), "Kafka has not acknowledged it", outcome.advice(), Map.of("id", id));
    }

    static Problem notFound() {
        return of(404, "NOT_FOUND", "no such path", "see /v1/schemas for the types that /v1/events/{type} takes");
    }

    static Problem methodNotAllowed(String allowed) {
        return of(405, "METHOD_NOT_ALLOWED", "the path does not take this method", "use " + allowed);
    }

    static Problem bodyTooLarge() {
        return of(
                413,
                InvalidEventException.Reason.TOO_LARGE.name(),
                titleOf(InvalidEventException.Reason.TOO_LARGE),
                "a body may have at most " + Limits.BODY_BYTES + " bytes");
    }

    static Problem contentType(String detail) {
        return of(415, "CONTENT_TYPE", "the body is of a type that is not taken", detail);
    }

    byte[] encode() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:dise:problem:" + reason.toLowerCase(Locale.ROOT));
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        members.put("reason", reason);
        members.putAll(more);
        return Json.encode(members);
    }

    private static int statusOf(InvalidEventException.Reason reason) {
        return switch (reason) {
            case MALFORMED, SCHEMA -> 400;
            case ENVELOPE, UNKNOWN_TYPE -> 422;
            case TOO_LARGE -> 413;
        };
    }

    private static String titleOf(InvalidEventException.Reason reason) {
        return switch (reason) {
            case MALFORMED -> "the body is not strict JSON in UTF-8";
            case SCHEMA -> "the data breaks the schema of its type";
            case ENVELOPE -> "an attribute of the event is missing or impossible";
            case UNKNOWN_TYPE -> "there is no such event type";
            case TOO_LARGE -> "larger than it may be";
        };
    }

    private static Map<String, String> violation(Violation violation) {
        return Map.of("path", violation.path(), "message", violation.message());
    }
}
