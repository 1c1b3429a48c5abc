package dev.dise.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void putsNumbersToTheRightAndTextsToTheLeft() {
        assertThat(print(new Table("type", "count").row("log", 100_000).row("bug_report", 7L)))
                .isEqualToNormalizingNewlines("""
                        type          count
                        ──────────  ───────
                        log         100,000
                        bug_report        7
                        """);
    }

    @Test
    void anEstimateIsANumber() {
        assertThat(print(new Table("type", "count").row("log", "~1,234,567").row("bug", 7L)))
                .contains("bug            7");
    }

    @Test
    void keepsARowOnOneLineWhateverTheTextHolds() {
        String text = print(new Table("a", "b").row("x\ny", "\u001b[31m" + "long ".repeat(50)));
        assertThat(text.lines()).hasSize(3);
        assertThat(text).contains("…").doesNotContain("\u001b");
    }

    private static String print(Table table) {
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out, true));
        return out.toString();
    }
}
