package dev.dise.query.sql;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows that a statement has.
 *
 * @param items the rows; each has every column
 * @param columns in their order; what had no name of its own has a number behind it
 * @param count of the rows that are told
 * @param truncated whether there are more
 */
record SqlAnswer(List<ObjectNode> items, List<Column> columns, int count, boolean truncated) {
    /** A column, and its type as PostgreSQL names it. */
    record Column(String name, String type) {}

    SqlAnswer {
        items = List.copyOf(items);
        columns = List.copyOf(columns);
    }
}
