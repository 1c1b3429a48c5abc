package dev.dise.pg.ledger;

/**
 * What an operator did with a dead letter; a later one replaces an earlier one.
 *
 * @param isRedrive whether it was sent again; else it was discarded
 */
public record LetterAction(String topic, int partition, long offset, boolean isRedrive) {}
