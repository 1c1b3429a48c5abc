package dev.dise.pg.backup;

/**
 * What is copied at once: a table without partitions, or one partition.
 *
 * @param table that its rows belong to
 * @param name of the partition; that of the table if it has none
 * @param expected rows, about
 */
public record Leaf(String table, String name, long expected) {}
