package dev.dise.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page of the docs that shows the figures, a table for each benchmark; what stands around the tables is written by people
 * and stays.
 */
public final class PerformancePage {
    private static final String END = "<!-- end of figures -->";

    private PerformancePage() {}

    /**
     * Replaces the table between the two marks that the page has for the benchmark.
     *
     * @param bench the benchmark's name
     * @param command what prints the figures again
     * @throws IllegalArgumentException if the page has no marks for it
     */
    public static void write(Path page, String bench, String command, Machine machine, List<Figure> figures)
            throws IOException {
        String text = Files.readString(page);
        String mark = "<!-- figures: written by ./dise bench " + bench + " -->\n";
        int begin = text.indexOf(mark);
        int end = begin < 0 ? -1 : text.indexOf(END, begin);
        if (end < 0) {
            throw new IllegalArgumentException(page + " has no place for figures between \"" + mark.strip()
                    + "\" and \"" + END + "\": put these two lines into it");
        }
        Files.writeString(
                page,
                text.substring(0, begin + mark.length()) + table(command, machine, figures) + text.substring(end));
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
