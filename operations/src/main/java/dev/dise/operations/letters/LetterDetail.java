package dev.dise.operations.letters;

import dev.dise.operations.RecordView;
import dev.dise.operations.audit.AuditEntry;
import java.util.List;

/**
 * A dead letter with everything that is known of it.
 *
 * @param message why it was refused, for a person
 * @param paths the JSON pointers of what is wrong with it, where the message names any
 * @param record key, headers and value as they came, with the letter's own headers
 * @param history what was done with it, and what brought it here if it was redriven before; oldest first
 */
public record LetterDetail(
        LetterEntry letter, String message, List<String> paths, RecordView record, List<AuditEntry> history) {
    public LetterDetail {
        paths = List.copyOf(paths);
        history = List.copyOf(history);
    }
}
