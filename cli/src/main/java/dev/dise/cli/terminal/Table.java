package dev.dise.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table that a person can read: columns as wide as they need to be, numbers to the right, long texts cut. */
public final class Table {
    private static final int WIDEST = 48;

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these columns and no rows. */
    public Table(String... heads) {
        this.heads = List.of(heads);
    }

    /** Adds a row, a cell for each column. */
    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(Table::text).toList());
        return this;
    }

    /** Whether there is no row. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Prints heads, a rule and the rows. */
    public void print(PrintWriter out) {
        int[] widths = new int[heads.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = width(column);
        }
        out.println(line(heads, widths));
        out.println(line(Arrays.stream(widths).mapToObj("─"::repeat).toList(), widths));
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private int width(int column) {
        int cells =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(heads.get(column).length(), cells);
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String space = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ").append(isNumeric(column) ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).matches("[-+~]?[0-9][0-9,.]*|-|"));
    }

    private static String text(Object cell) {
        if (cell instanceof Integer || cell instanceof Long) {
            return String.format("%,d", ((Number) cell).longValue());
        }
        String text = String.valueOf(cell).lines().findFirst().orElse("").replaceAll("\\p{Cc}", " ");
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }
}
