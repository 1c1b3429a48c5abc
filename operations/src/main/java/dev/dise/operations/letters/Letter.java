package dev.dise.operations.letters;

import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.DeadLetterHeaders;

/**
 * A dead letter with its content.
 *
 * @param record as it stands in the topic of the letters
 */
record Letter(LetterEntry entry, SourceRecord record) {
    /** Why it was refused, for a person. */
    String message() {
        String message = record.header(DeadLetterHeaders.MESSAGE);
        return message == null ? "" : message;
    }
}
