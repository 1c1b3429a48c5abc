package dev.dise.gateway;

import dev.dise.gateway.wire.WireException;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import dev.dise.schemas.Violation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Why a request was not accepted, as RFC 9457 has it.
 *
 * @param status the HTTP status
 * @param reason the code for programs, as in {@code SCHEMA}
 * @param title what the code means, always the same for it
 * @param detail this case, in a sentence
 * @param more other members of the answer
 * @param retryAfter when to come again; zero if that helps nothing
 */
record Problem(int status, String reason, String title, String detail, Map<String, ?> more, Duration retryAfter) {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TITLE_BUSY = "too many requests at one time";
    /** Clients that were refused together shall not come back together. */
    private static final int RETRY_SECONDS = 2;

    private static final int RETRY_JITTER_SECONDS = 4;

    Problem(int status, String reason, String title, String detail, Map<String, ?> more) {
        this(status, reason, title, detail, more, status == 503 ? someSeconds() : Duration.ZERO);
    }

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
                Refusals.explain(refusal),
                Map.of("violations", violations));
    }

    /** Of an event that Kafka has not acknowledged. */
    static Problem unavailable(String id, Outcome.Undelivered outcome) {
        return new Problem(503, outcome.reason(), "Kafka has not acknowledged it", outcome.advice(), Map.of("id", id));
    }

    /** Of a push of logs of which something is not safe. */
    static Problem sendAgain(Outcome.Undelivered outcome) {
        String detail = outcome.reason() + ": send it again, which stores nothing twice";
        return of(503, outcome.reason(), "not every line is safe", detail);
    }

    static Problem notFound() {
        return of(404, "NOT_FOUND", "no such path", "see /v1/schemas for the types that /v1/events/{type} takes");
    }

    static Problem methodNotAllowed(String allowed) {
        return of(405, "METHOD_NOT_ALLOWED", "the path does not take this method", "use " + allowed);
    }

    static Problem bodyTooLarge(int mostBytes) {
        return tooLarge("a body, and each piece of a chunked one, may have at most " + mostBytes
                + " bytes; lines of application/x-ndjson may be as many as you like");
    }

    static Problem decompressedTooLarge(int mostBytes) {
        return of(
                413,
                "DECOMPRESSED_TOO_LARGE",
                "larger than it may be when it is unpacked",
                "it may have at most " + mostBytes + " bytes when it is unpacked");
    }

    static Problem headersTooLarge() {
        return of(431, "HEADERS_TOO_LARGE", "the headers are larger than they may be", "send fewer or shorter headers");
    }

    static Problem uriTooLong() {
        return of(414, "URI_TOO_LONG", "the path is longer than it may be", "send what is long in the body");
    }

    static Problem encoding() {
        return of(400, "ENCODING", "the body is not what its Content-Encoding says", "it is corrupt, or cut off");
    }

    static Problem contentEncoding() {
        return of(
                415,
                "CONTENT_ENCODING",
                "the body is packed in a way that is not taken",
                "pack it once, with gzip or zstd, or not at all");
    }

    static Problem badRequest() {
        return of(400, "BAD_REQUEST", "the request is not HTTP as it should be", "nothing of it was read");
    }

    static Problem timeout() {
        return of(408, "TIMEOUT", "the request came too slowly", "nothing of what had not come was stored");
    }

    static Problem stopping() {
        return of(503, "STOPPING", "the gateway is being stopped", "send it again, to the next one");
    }

    static Problem busy() {
        return of(503, "BUSY", TITLE_BUSY, "nothing of it was stored; send it again later");
    }

    static Problem rate(Duration debt) {
        return new Problem(
                429,
                "RATE",
                "too much in too short a time",
                "nothing of it was stored; send it again later",
                Map.of(),
                debt);
    }

    static Problem unauthorized() {
        return of(401, "UNAUTHORIZED", "no valid key", "send one as Authorization: Bearer KEY, or as X-API-Key");
    }

    static Problem forbidden(String scope) {
        return of(403, "FORBIDDEN", "the key does not open this", "it takes a key with the scope " + scope);
    }

    /** Of a body that ended early. */
    static Problem of(WireException.Reason reason) {
        return switch (reason) {
            case SLOW -> timeout();
            case STOPPING -> stopping();
            case CUT_OFF -> of(400, "CUT_OFF", "the body ended before its end", "nothing of the rest was stored");
        };
    }

    static Problem contentType(String detail) {
        return of(415, "CONTENT_TYPE", "the body is of a type that is not taken", detail);
    }

    /** The same with other members. */
    Problem with(Map<String, ?> members) {
        return new Problem(status, reason, title, detail, members, retryAfter);
    }

    /** The answer that says it. */
    Reply reply() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!retryAfter.isZero()) {
            headers.put("Retry-After", Long.toString(retryAfter.plusMillis(999).toSeconds()));
        }
        if (status == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (reason.equals("CONTENT_ENCODING")) {
            headers.put("Accept-Encoding", "gzip, zstd");
        }
        return new Reply(status, MEDIA_TYPE, encode(), headers);
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

    private static Problem tooLarge(String detail) {
        InvalidEventException.Reason reason = InvalidEventException.Reason.TOO_LARGE;
        return of(413, reason.name(), titleOf(reason), detail);
    }

    private static Duration someSeconds() {
        return Duration.ofSeconds(RETRY_SECONDS + ThreadLocalRandom.current().nextInt(RETRY_JITTER_SECONDS));
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
        return Map.of("path", violation.path(), "message", Refusals.explain(violation));
    }
}
