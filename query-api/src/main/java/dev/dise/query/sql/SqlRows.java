package dev.dise.query.sql;

import dev.dise.query.sql.SqlAnswer.Column;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the rows of a result until there are enough, by their number or by their size. */
final class SqlRows {
    private static final long MOST_CHARACTERS = 8L << 20;

    private final ResultSet result;
    private final List<Column> columns;
    private final SqlCells cells;

    SqlRows(ResultSet result) throws SQLException {
        this.result = result;
        this.columns = columns(result.getMetaData());
        this.cells = new SqlCells(result);
    }

    /**
     * The answer.
     *
     * @param most rows at most
     */
    SqlAnswer upTo(int most) throws SQLException {
        List<ObjectNode> items = new ArrayList<>();
        while (result.next()) {
            ObjectNode row = row();
            if (items.size() == most || cells.characters() > MOST_CHARACTERS) {
                return new SqlAnswer(items, columns, items.size(), true);
            }
            items.add(row);
        }
        return new SqlAnswer(items, columns, items.size(), false);
    }

    private ObjectNode row() throws SQLException {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            row.set(columns.get(i).name(), cells.value(i + 1, columns.get(i).type()));
        }
        return row;
    }

    private static List<Column> columns(ResultSetMetaData data) throws SQLException {
        Set<String> taken = new HashSet<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            String label = data.getColumnLabel(i);
            String name = label;
            for (int again = 2; !taken.add(name); again++) {
                name = label + "_" + again;
            }
            columns.add(new Column(name, data.getColumnTypeName(i)));
        }
        return columns;
    }
}
