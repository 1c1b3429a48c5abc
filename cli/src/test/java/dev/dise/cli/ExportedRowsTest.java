package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ExportedRowsTest {
    private final StringWriter progress = new StringWriter();

    @Test
    void countsRowsAndNotLines() throws IOException {
        String csv = "a,b\r\n1,\"x\ny\"\r\n2,\"he said \"\"no\n\"\"\"\r\n";
        StringWriter out = new StringWriter();
        ExportedRows rows = new ExportedRows(new PrintWriter(progress), 1);
        rows.from(new StringReader(csv), out);
        assertThat(out.toString()).isEqualTo(csv);
        assertThat(rows.rows()).isEqualTo(2);
    }

    @Test
    void ofJsonEveryLineIsARow() throws IOException {
        ExportedRows rows = new ExportedRows(new PrintWriter(progress), 0);
        rows.from(new StringReader("{\"a\":\"x \\\" y\"}\n".repeat(200_000)), new StringWriter());
        assertThat(rows.rows()).isEqualTo(200_000);
        assertThat(progress.toString()).contains("100,000 rows …");
    }

    @Test
    void saysHowMuchIsThereIfItIsCutOff() {
        Reader cut = new Reader() {
            private boolean told;

            @Override
            public int read(char[] buffer, int from, int length) throws IOException {
                if (told) {
                    throw new IOException("reset");
                }
                told = true;
                buffer[from] = '\n';
                return 1;
            }

            @Override
            public void close() {}
        };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new ExportedRows(new PrintWriter(progress), 0).from(cut, new StringWriter()))
                .withMessageContaining("cut off behind 1 rows: what is there is not whole");
    }
}
