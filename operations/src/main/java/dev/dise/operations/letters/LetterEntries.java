package dev.dise.operations.letters;

import dev.dise.runtime.sink.DeadLetters;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes entries of letters; texts that many have in common are kept once. */
final class LetterEntries {
    private final Map<Object, Object> shared = new HashMap<>();
    private final int maxAttempts;

    LetterEntries(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    Fingerprint fingerprint(SourceRecord letter) {
        return Fingerprint.of(
                text(letter, DeadLetterHeaders.STAGE),
                text(letter, DeadLetterHeaders.REASON),
                text(letter, DeadLetterHeaders.MESSAGE));
    }

    LetterEntry entry(SourceRecord letter, Fingerprint fingerprint) {
        LetterId id = LetterId.of(letter);
        return new LetterEntry(
                new LetterId(share(id.partition()), id.offset(), id.attempts()),
                share(text(letter, DeadLetterHeaders.STAGE)),
                share(text(letter, DeadLetterHeaders.REASON)),
                share(type(letter)),
                text(letter, EnvelopeHeaders.ID),
                share(fingerprint.hash()),
                at(letter),
                id.attempts() >= maxAttempts ? LetterState.QUARANTINED : LetterState.OPEN,
                !text(letter, DeadLetterHeaders.MESSAGE).startsWith(DeadLetters.NOT_KEPT));
    }

    private static String type(SourceRecord letter) {
        return EventType.forCeType(text(letter, EnvelopeHeaders.TYPE))
                .map(EventType::wireName)
                .orElse("");
    }

    private static Instant at(SourceRecord letter) {
        try {
            return EnvelopeHeaders.parseTime(text(letter, DeadLetterHeaders.AT));
        } catch (InvalidEventException e) {
            // A stranger wrote it; the broker's clock says it as well.
            return letter.appendedAt();
        }
    }

    private static String text(SourceRecord letter, String header) {
        String text = letter.header(header);
        return text == null ? "" : text;
    }

    private String share(String text) {
        return (String) shared.computeIfAbsent(text, same -> same);
    }

    private Partition share(Partition partition) {
        return (Partition) shared.computeIfAbsent(partition, same -> same);
    }
}
