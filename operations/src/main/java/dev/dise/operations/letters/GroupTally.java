package dev.dise.operations.letters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts the letters of one cause; the newest comes first. */
final class GroupTally {
    private final LetterEntry newest;
    private final String message;
    private @Nullable LetterEntry unsettled;
    private Instant first;
    private long count;
    private long open;
    private long quarantined;

    GroupTally(LetterEntry newest, String message) {
        this.newest = newest;
        this.message = message;
        this.first = newest.at();
    }

    void add(LetterEntry letter) {
        count++;
        first = letter.at();
        switch (letter.state()) {
            case OPEN -> open++;
            case QUARANTINED -> quarantined++;
            case REDRIVEN, DISCARDED -> {}
        }
        if (unsettled == null && letter.state().isUnsettled()) {
            unsettled = letter;
        }
    }

    LetterGroup group() {
        return new LetterGroup(
                newest.stage(),
                newest.reason(),
                newest.fingerprint(),
                message,
                Fingerprint.paths(message),
                count,
                open,
                quarantined,
                count - open - quarantined,
                first,
                newest.at(),
                unsettled == null ? newest.id() : unsettled.id());
    }
}
