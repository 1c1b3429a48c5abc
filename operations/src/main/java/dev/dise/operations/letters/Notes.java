package dev.dise.operations.letters;

import java.util.Map;

/** What the audit says of a letter beside its id. */
final class Notes {
    private Notes() {}

    static Map<String, String> of(LetterEntry letter) {
        return Map.of(
                "event_id", letter.eventId(),
                "type", letter.type(),
                "stage", letter.stage(),
                "reason", letter.reason(),
                "fingerprint", letter.fingerprint());
    }
}
