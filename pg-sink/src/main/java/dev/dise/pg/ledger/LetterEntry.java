package dev.dise.pg.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter, by where it came from.
 *
 * @param eventId as its headers say; null if they do not
 */
public record LetterEntry(
        String topic, int partition, long offset, @Nullable UUID eventId) {}
