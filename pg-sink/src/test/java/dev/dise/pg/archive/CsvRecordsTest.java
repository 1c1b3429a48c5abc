package dev.dise.pg.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
    @Test
    void keepsTheBytesAndReadsTheFields() throws Exception {
        String first = "a,\"b, \"\"c\"\"\nd\",,\"\"\n";
        String last = ",é";
        try (CsvRecords records = new CsvRecords(new ByteArrayInputStream((first + last).getBytes(UTF_8)))) {
            byte[] record = records.next();
            assertThat(new String(record, UTF_8)).isEqualTo(first);
            assertThat(CsvRecords.fields(record)).containsExactly("a", "b, \"c\"\nd", null, "");
            assertThat(CsvRecords.fields(records.next())).containsExactly(null, "é");
            assertThat(records.next()).isEmpty();
        }
    }
}
