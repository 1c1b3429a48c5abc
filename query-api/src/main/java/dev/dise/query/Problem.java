package dev.dise.query;

/**
 * Why there is no answer, as RFC 9457 says it. Holds no SQL, no row values and no exception texts.
 *
 * @param type a URN that names the kind of problem
 * @param detail one sentence for a person: what is wrong and what would be right
 * @param code the kind of problem in one word, for programs
 */
public record Problem(String type, String title, int status, String detail, String code) {
    static Problem unknownFilter(String detail) {
        return of("unknown_filter", "There is no such filter", 400, detail);
    }

    /**
     * A value that is not allowed.
     *
     * @param rule as the end of a sentence that begins with the field
     */
    public static Problem badValue(String field, String rule) {
        return of("bad_value", "A value is not allowed", 400, field + " " + rule);
    }

    static Problem badEvent(String detail) {
        return of("bad_event", "The event is not what its type asks for", 400, detail);
    }

    /** A body has a field that means nothing here. */
    public static Problem unknownField(String detail) {
        return of("unknown_field", "There is no such field", 400, detail);
    }

    /** A value that is not allowed; the detail is a whole sentence. */
    public static Problem refused(String detail) {
        return of("bad_value", "A value is not allowed", 400, detail);
    }

    /** It has more than an answer may hold. */
    public static Problem tooLarge(String detail) {
        return of("too_large", "The answer would be too large", 400, detail);
    }

    /** It takes longer than a question may. */
    public static Problem tooSlow(String detail) {
        return of("too_slow", "The answer would take too long", 400, detail);
    }

    /** There is none of that name. */
    public static Problem notFound(String detail) {
        return of("not_found", "There is no such thing", 404, detail);
    }

    static Problem readOnly() {
        return of(
                "method_not_allowed",
                "Only reading is possible",
                405,
                "use GET; writing goes through the gateway, and changes are POSTs below /v1/admin");
    }

    static Problem unauthorized() {
        return of(
                "unauthorized",
                "A key is needed",
                401,
                "show a live key as Authorization: Bearer …; ./dise keys create makes one");
    }

    /** Not open to who asks. */
    public static Problem forbidden(String detail) {
        return of("forbidden", "That is not open to you", 403, detail);
    }

    static Problem tooManyTries(long seconds) {
        return of("too_many_tries", "Too many wrong keys", 429, "wait " + seconds + " s before the next try");
    }

    /** What was asked for cannot be done now, or does not fit what there is. */
    public static Problem conflict(String detail) {
        return of("conflict", "That cannot be done as things are", 409, detail);
    }

    static Problem notJson() {
        return of("content_type", "The body must be JSON", 415, "send content-type: application/json and an object");
    }

    /** As many of these are answered as may be at once. */
    public static Problem busy(String detail) {
        return of("busy", "Too many at once", 503, detail);
    }

    /** A store is away, or takes too long. */
    public static Problem unavailable(String detail) {
        return of("unavailable", "A store does not answer", 503, detail);
    }

    /** A mistake of this service, which its log tells of. */
    public static Problem internal() {
        return of("internal", "The query service failed", 500, "the log of the query service says why");
    }

    private static Problem of(String code, String title, int status, String detail) {
        return new Problem("urn:dise:problem:" + code, title, status, detail, code);
    }
}
