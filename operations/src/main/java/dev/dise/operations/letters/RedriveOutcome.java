package dev.dise.operations.letters;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a redrive did with a letter. */
public enum RedriveOutcome {
    /** Its record is in the topic that it was refused from once more. */
    SENT("was sent again"),
    /** The same, had this not been a dry run. */
    WOULD_SEND("would be sent again"),
    /** It was tried as often as it may be. */
    QUARANTINED("was tried as often as it may be: edit it, or use force"),
    /** It was redriven or discarded before. */
    SETTLED("was redriven or discarded already: use force to send it once more"),
    /** The letter only names a record that was too large. */
    NOT_KEPT("has no content, since its record was too large to be kept"),
    /** It comes from a topic that nobody reads events from. */
    NO_WAY_BACK("does not name a topic of the line that it could go back to"),
    /** With the count of attempts it is larger than its topic takes. */
    TOO_LARGE("is larger than its topic takes"),
    /** It was removed while this ran. */
    GONE("is no longer there");

    private final String explanation;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    RedriveOutcome(String explanation) {
        this.explanation = explanation;
    }

    /** The word in answers: {@code would_send}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** What it means, as the end of a sentence that begins with the letter. */
    public String explanation() {
        return explanation;
    }

    /** Whether it is what was asked for. */
    public boolean isGood() {
        return this == SENT || this == WOULD_SEND;
    }
}
