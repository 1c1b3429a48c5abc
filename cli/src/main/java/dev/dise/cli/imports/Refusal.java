package dev.dise.cli.imports;

/** Why a line gives no event: in one word for counting, and in a sentence for a person. */
public record Refusal(Reason reason, String explanation) {
    /** The kinds of refusal. */
    public enum Reason {
        /** Longer than any event may be. */
        TOO_LONG,
        /** Not one strict JSON object. */
        NOT_JSON,
        /** Nothing that tells it from others. */
        NO_ID,
        /** An artifact type that the catalogue does not have. */
        UNKNOWN_TYPE,
        /** The event it would make breaks the contract of its type. */
        INVALID_EVENT
    }
}
