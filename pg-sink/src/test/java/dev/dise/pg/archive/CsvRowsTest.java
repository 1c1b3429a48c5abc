package dev.dise.pg.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRowsTest {
    @Test
    void countsRowsWithoutTheHeader() throws IOException {
        assertThat(count("")).isZero();
        assertThat(count("a,b\n")).isZero();
        assertThat(count("a,b\n1,2\n3,4\n")).isEqualTo(2);
    }

    @Test
    void aLineEndInsideQuotesEndsNoRow() throws IOException {
        assertThat(count("a\n\"one\nrow, with \"\"quotes\"\"\n\"\n\"\"\n")).isEqualTo(2);
    }

    @Test
    void tellsHowManyHavePassed() throws IOException {
        List<Long> told = new ArrayList<>();
        try (CsvRows rows = new CsvRows(new ByteArrayInputStream("a\n1\n2\n".getBytes(UTF_8)), told::add)) {
            assertThat(rows.read()).isEqualTo('a');
            assertThat(rows.readAllBytes()).hasSize(5);
        }
        assertThat(told).startsWith(0L).endsWith(2L);
    }

    private static long count(String csv) throws IOException {
        try (CsvRows rows = new CsvRows(new ByteArrayInputStream(csv.getBytes(UTF_8)), told -> {})) {
            rows.transferTo(OutputStream.nullOutputStream());
            return rows.count();
        }
    }
}
