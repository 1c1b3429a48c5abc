package dev.dise.pg;

import java.util.List;

/** A table, and how the data of an event becomes its columns. There is one object for each table, in {@link Tables}. */
public final class Table {
    /** How rows of a table live. */
    public enum Kind {
        /** Rows are added and never change; the same event twice is one row. */
        APPEND,
        /** One row for each entity, at its newest version. */
        ENTITY
    }

    private final String name;
    private final Kind kind;
    private final List<String> key;
    private final List<Column> columns;
    private final boolean partitioned;

    private Table(String name, Kind kind, List<String> key, List<Column> columns, boolean partitioned) {
        this.name = name;
        this.kind = kind;
        this.key = key;
        this.columns = columns;
        this.partitioned = partitioned;
    }

    /** A table to which each event adds a row. */
    static Table append(String name, Column... columns) {
        return new Table(name, Kind.APPEND, List.of("event_id"), List.of(columns), false);
    }

    /** The same with a partition for each day. */
    static Table byDay(String name, Column... columns) {
        return byDay(name, List.of("event_id"), columns);
    }

    /** The same where each event adds rows that differ in the key. */
    static Table byDay(String name, List<String> key, Column... columns) {
        return new Table(name, Kind.APPEND, key, List.of(columns), true);
    }

    /** A table of entities; the columns of the key come first. */
    static Table entity(String name, List<String> key, Column... columns) {
        return new Table(name, Kind.ENTITY, key, List.of(columns), false);
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it has a partition for each day of its events' time. */
    public boolean isPartitioned() {
        return partitioned;
    }

    /** The columns that tell one row from another. */
    public List<String> key() {
        return key;
    }

    /** The names of the columns that come from the data. */
    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** The columns that come from the data. */
    List<Column> columns() {
        return columns;
    }
}
