package dev.dise.operations.letters;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What has become of a dead letter; derived from its topic and the audit. */
public enum LetterState {
    /** Nothing was done with it yet. */
    OPEN,
    /** Nothing was done with it, and it was tried as often as it may be: only an edit or force sends it again. */
    QUARANTINED,
    /** It was sent again. If it was refused again, that is another letter with one attempt more. */
    REDRIVEN,
    /** It was given up. */
    DISCARDED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The word in answers and options: {@code quarantined}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Whether something is still to be done with it. */
    public boolean isUnsettled() {
        return this == OPEN || this == QUARANTINED;
    }

    /** The state of that word. */
    public static Optional<LetterState> forWireName(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName.equals(wireName))
                .findFirst();
    }

    /** All words; for messages. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(LetterState::wireName).toList();
    }
}
