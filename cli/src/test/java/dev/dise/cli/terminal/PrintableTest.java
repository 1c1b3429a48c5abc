package dev.dise.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatATerminalWouldObeyIsWrittenAsItsCode() {
        assertThat(Printable.text("a\u001b[2J\rb\u009b31m\u202ec\u0000\ud800"))
                .isEqualTo("a\\x1b[2J\\x0db\\x9b31m\\u202ec\\x00\\ud800");
        assertThat(Printable.text("Grüße, 你好 👩‍👧")).isEqualTo("Grüße, 你好 👩‍👧");
    }

    @Test
    void aHeadlineIsTheFirstLineWithSomethingInIt() {
        assertThat(Printable.headline("\n  \n  first\nsecond", 20)).isEqualTo("first");
        assertThat(Printable.headline("x".repeat(30), 5)).isEqualTo("xxxx…");
        assertThat(Printable.headline("", 5)).isEmpty();
    }
}
