package dev.dise.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of the docs that shows the figures; what stands around the table is written by people and stays. */
public final class PerformancePage {
    private static final String BEGIN = "<!-- figures: written by ./dise bench all -->\n";
    private static final String END = "<!-- end of figures -->";

    private PerformancePage() {}

    /**
     * Replaces the table between the page's two marks.
     *
     * @throws IllegalArgumentException if the page has no marks
     */
    public static void write(Path page, String command, Machine machine, List<Figure> figures) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(page + " has no place for figures between \"" + BEGIN.strip()
                    + "\" and \"" + END + "\": put these two lines into it");
        }
        Files.writeString(
                page,
                text.substring(0, begin + BEGIN.length()) + table(command, machine, figures) + text.substring(end));
    }

    private static String table(String command, Machine machine, List<Figure> figures) {
        String rows = figures.stream().map(PerformancePage::row).collect(Collectors.joining());
        return "\n`" + command + "` on " + machine.cores() + " cores, " + machine.memory() + ", " + machine.os() + ", "
                + machine.jdk() + ", " + machine.date()
                + ":\n\n| figure | value | unit | goal | met |\n|---|--:|---|--:|---|\n"
                + rows + "\n";
    }

    private static String row(Figure figure) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s | %s |%n",
                figure.name(),
                figure.text(),
                figure.unit(),
                goal(figure.goal()),
                figure.met() == null ? "" : figure.met() ? "yes" : "no");
    }

    private static String goal(@Nullable Double goal) {
        if (goal == null) {
            return "";
        }
        return goal == Math.rint(goal) ? String.format(Locale.ROOT, "%.0f", goal) : goal.toString();
    }
}
