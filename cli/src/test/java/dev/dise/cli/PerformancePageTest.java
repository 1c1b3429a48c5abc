package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.cli.bench.Figure;
import dev.dise.cli.bench.Machine;
import dev.dise.cli.bench.PerformancePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {
    private static final List<Figure> FIGURES =
            List.of(Figure.rate("a_rows_per_s", 1234), Figure.ratioOfAtLeast(0.5, "a_vs_b", 0.25));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void writesTheTableAndLeavesWhatStandsAround() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                        before
                        <!-- figures: written by ./dise bench other -->
                        other
                        <!-- end of figures -->
                        <!-- figures: written by ./dise bench some -->
                        old
                        <!-- end of figures -->
                        after
                        """);
        PerformancePage.write(page, "some", "./dise bench some --rows 7", Machine.here(), FIGURES);
        PerformancePage.write(page, "some", "./dise bench some --rows 7", Machine.here(), FIGURES);
        assertThat(Files.readString(page))
                .startsWith("""
                        before
                        <!-- figures: written by ./dise bench other -->
                        other
                        <!-- end of figures -->
                        """)
                .endsWith("<!-- end of figures -->\nafter\n")
                .contains("| `a_rows_per_s` | 1,234 | rows/s |  |  |", "| `a_vs_b` | 0.25 | ratio | 0.5 | no |")
                .doesNotContain("old")
                .containsOnlyOnce("./dise bench some --rows 7` on");
    }

    @Test
    void aPageWithoutAPlaceForFiguresIsLeftAlone() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), "text\n");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PerformancePage.write(page, "some", "c", Machine.here(), FIGURES))
                .withMessageContaining("put these two lines into it");
        assertThat(page).hasContent("text");
    }
}
