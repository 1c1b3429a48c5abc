package dev.dise.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "12897485, 12.3 MiB", "1099511627776, 1.0 TiB"})
    void areShownInTheLargestUnit(long bytes, String text) {
        assertThat(Bytes.text(bytes)).isEqualTo(text);
    }
}
