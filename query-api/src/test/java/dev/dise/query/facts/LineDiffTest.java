package dev.dise.query.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Test
    void linesOfOneAloneAreCountedAndMovedOnesAreNot() {
        assertThat(LineDiff.between("a\nb\nc", "c\na\nB\nd")).isEqualTo(new LineDiff(2, 1));
        assertThat(LineDiff.between("a\na", "a\na\na")).isEqualTo(new LineDiff(1, 0));
        assertThat(LineDiff.between("a\r\nb", "a\nb")).isEqualTo(new LineDiff(0, 0));
    }

    @Test
    void whatIsNotThereHasNoLines() {
        assertThat(LineDiff.between(null, "a\nb")).isEqualTo(new LineDiff(2, 0));
        assertThat(LineDiff.between("a", null)).isEqualTo(new LineDiff(0, 1));
        assertThat(LineDiff.between(null, null)).isEqualTo(new LineDiff(0, 0));
    }
}
