package dev.dise.operations.letters;

import java.time.Instant;
import java.util.List;

/**
 * Dead letters of one cause.
 *
 * @param message what their messages have in common; see {@link Fingerprint}
 * @param paths the JSON pointers of what is wrong, of schema errors
 * @param open with which nothing was done yet, and may be
 * @param quarantined with which nothing was done, and which were tried as often as they may be
 * @param settled redriven or discarded
 * @param sample one of them: the newest, of the unsettled ones if there are any
 */
public record LetterGroup(
        String stage,
        String reason,
        String fingerprint,
        String message,
        List<String> paths,
        long count,
        long open,
        long quarantined,
        long settled,
        Instant firstSeen,
        Instant lastSeen,
        LetterId sample) {}
