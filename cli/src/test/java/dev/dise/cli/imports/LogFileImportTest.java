package dev.dise.cli.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFileImportTest {
    @Test
    void aJavaStackTraceBelongsToItsRecord() throws IOException {
        LogFixture read = LogFixture.of(
                "2024-05-06 07:08:09 ERROR a.B: failed",
                "java.io.IOException: disk",
                "\tat a.B.c(B.java:1)",
                "Caused by: a.MyError: x",
                "\t... 3 more",
                "2024-05-06 07:08:10 INFO a.B: on");
        assertThat(read.records()).hasSize(2);
        assertThat(read.message(0))
                .startsWith("failed\njava.io.IOException: disk\n\tat")
                .endsWith("3 more");
        assertThat(read.detail(0, "stack_lines")).isEqualTo("4");
        assertThat(read.records().get(0).lines()).isEqualTo(5);
    }

    @Test
    void aPythonTracebackBelongsToItsRecord() throws IOException {
        LogFixture read = LogFixture.of(
                "ERROR:root:failed",
                "Traceback (most recent call last):",
                "  File \"a.py\", line 1, in <module>",
                "",
                "KeyError: 'x'",
                "Done: all");
        assertThat(read.records()).hasSize(2);
        assertThat(read.message(0)).endsWith("KeyError: 'x'");
        assertThat(read.message(1)).isEqualTo("Done: all");
        assertThat(read.summary().blank()).isEqualTo(1);
        assertThat(read.summary().linesInRecords() + read.summary().blank()).isEqualTo(6);
    }

    @Test
    void aLineWithoutTimeHasThatOfTheLineBeforeIt() throws IOException {
        LogFixture read = LogFixture.of("first", "2024-05-06 07:08:09 INFO a", "third");
        assertThat(read.time(0)).isEqualTo(LogFixture.UNTIMED);
        assertThat(read.time(2)).isEqualTo(read.time(1)).isEqualTo(Instant.parse("2024-05-06T07:08:09Z"));
        assertThat(read.detail(2, "time_inferred")).isEqualTo("true");
        assertThat(read.summary().withTime()).isEqualTo(1);
    }

    @Test
    void aRecordThatGrowsTooLongGoesOnInAnother() throws IOException {
        LogFixture read = LogFixture.read(
                ("2024-05-06 07:08:09 ERROR a\n" + "\tat a.B.c(B.java:1)\n".repeat(2_500)).getBytes(UTF_8));
        assertThat(read.records()).extracting(ImportedLog::lines).containsExactly(1_000, 1_000, 501);
        assertThat(read.level(2)).isEqualTo("error");
        assertThat(read.detail(2, "continued")).isEqualTo("true");
        LogFixture wide =
                LogFixture.read(("ERROR a\n" + (" " + "\u0001".repeat(60_000) + "\n").repeat(20)).getBytes(UTF_8));
        assertThat(wide.summary().linesInRecords()).isEqualTo(21);
        assertThat(wide.data(1).at("/message").asString()).contains("\u0001");
    }

    @Test
    void aLineThatIsTooLongIsCutAndSaysSo() throws IOException {
        LogFixture read = LogFixture.of("x" + "ü".repeat(100_000), "y".repeat(LogFileImport.MAX_LINE_BYTES), "end");
        assertThat(read.message(0)).startsWith("xü").endsWith("ü …[cut: the line has 200001 bytes]");
        assertThat(read.message(1)).hasSize(LogFileImport.MAX_LINE_BYTES).endsWith("y");
        assertThat(read.message(2)).isEqualTo("end");
        assertThat(read.summary().cut()).isEqualTo(1);
        assertThat(read.summary().repaired()).isZero();
    }

    @Test
    void bytesThatAreNotTextAreReplaced() throws IOException {
        LogFixture read = LogFixture.read(new byte[] {'a', (byte) 0xFF, 'b', '\n', 'c', 0, '\n', 'd', '\n'});
        assertThat(read.message(0)).isEqualTo("a\uFFFDb");
        assertThat(read.message(1)).isEqualTo("c\uFFFD");
        assertThat(read.summary().repaired()).isEqualTo(2);
    }

    @Test
    void readsPastByteOrderMarkAndCarriageReturns() throws IOException {
        LogFixture read = LogFixture.of("\uFEFF2024-05-06 07:08:09 INFO a\r", "\r", "2024-05-06 07:08:10 INFO b\r");
        assertThat(read.message(0)).isEqualTo("a");
        assertThat(read.message(1)).isEqualTo("b");
        assertThat(read.summary().linesRead()).isEqualTo(3);
        assertThat(read.summary().blank()).isEqualTo(1);
    }

    @Test
    void importingAgainGivesTheSameIdsAndEqualLinesDifferentOnes() throws IOException {
        byte[] log = String.join("\n", Collections.nCopies(50, "INFO same")).getBytes(UTF_8);
        LogFixture once = LogFixture.read(log);
        assertThat(LogFixture.read(log).ids())
                .isEqualTo(once.ids())
                .doesNotHaveDuplicates()
                .hasSize(50);
        LogFixture elsewhere = LogFixture.read(new ByteArrayInputStream(log), LogFileImport.STANDARD_INPUT);
        assertThat(elsewhere.ids()).doesNotContainAnyElementsOf(once.ids());
    }

    @Test
    void takesTimesWithoutZoneInTheZoneGiven() throws IOException {
        LogImportOptions options =
                new LogImportOptions("t", ZoneId.of("Europe/Berlin"), Instant.parse("2024-05-06T00:00:00Z"));
        byte[] log = "2024-05-06 07:08:09 INFO a".getBytes(UTF_8);
        try (LogFileImport read = LogFileImport.of(new ByteArrayInputStream(log), "a", options)) {
            assertThat(read.next().event().envelope().time()).isEqualTo(Instant.parse("2024-05-06T05:08:09Z"));
        }
    }

    @Timeout(10)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.", "a", " ", "-", ":", "[", "]", "1", "A", "a:", "x@1:", "[a]", " - ", "{\"a\":", "\\", "at a("
            })
    void noLineTakesLongHoweverOddItIs(String part) throws IOException {
        String odd = part.repeat(60_000 / part.length());
        LogFixture read = LogFixture.of(
                "INFO start", odd, "ERROR " + odd, "2024-05-06 07:08:09 " + odd, "2024-05-06 07:08:09 INFO [" + odd);
        assertThat(read.summary().linesInRecords() + read.summary().blank()).isEqualTo(5);
    }

    @Test
    void anEmptyLogHasNoRecords() throws IOException {
        assertThat(LogFixture.of("").records()).isEmpty();
    }
}
