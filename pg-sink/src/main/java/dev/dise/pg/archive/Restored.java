package dev.dise.pg.archive;

import java.time.Instant;

/**
 * What restoring a day did.
 *
 * @param rowsInFiles different rows that its files have
 * @param inserted rows that were not in the table; the others were
 * @param keptUntil until when they stay; then they are dropped again, and their files stay
 */
public record Restored(String table, String day, int files, long rowsInFiles, long inserted, Instant keptUntil) {}
