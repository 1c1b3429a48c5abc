package dev.dise.operations.letters;

import org.jspecify.annotations.Nullable;

/**
 * What is to be redriven, and how.
 *
 * @param filter which letters; where it names no states, those that are neither redriven nor discarded
 * @param by who says so
 * @param dryRun whether nothing is to be sent
 * @param force whether letters are sent that are quarantined or settled
 * @param rate records a second at most; 0 for as fast as it goes
 * @param edit what to change, of one letter; null for nothing
 */
public record RedriveOrder(
        LetterFilter filter,
        String by,
        boolean dryRun,
        boolean force,
        int rate,
        @Nullable LetterEdit edit) {

    /** As they are, as fast as it goes. */
    public static RedriveOrder of(LetterFilter filter, String by) {
        return new RedriveOrder(filter, by, false, false, 0, null);
    }

    /** The same without sending anything. */
    public RedriveOrder asDryRun() {
        return new RedriveOrder(filter, by, true, force, rate, edit);
    }

    /** The same for letters that are quarantined or settled too. */
    public RedriveOrder withForce() {
        return new RedriveOrder(filter, by, dryRun, true, rate, edit);
    }

    /** The same with so many records a second at most. */
    public RedriveOrder withRate(int newRate) {
        return new RedriveOrder(filter, by, dryRun, force, newRate, edit);
    }

    /** The same with a change of the data. */
    public RedriveOrder withEdit(LetterEdit newEdit) {
        return new RedriveOrder(filter, by, dryRun, force, rate, newEdit);
    }
}
