package dev.dise.pg.generations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.pg.generations.Digest.OfTable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final Digest ONE =
            new Digest(Map.of("a", new OfTable(1, "1", "1"), "b", new OfTable(2_000, "3", "4")));

    @Test
    void equalTablesHaveOneText() {
        Digest same = new Digest(Map.of("b", new OfTable(2_000, "3", "4"), "a", new OfTable(1, "1", "1")));
        assertThat(same.text()).isEqualTo(ONE.text()).hasSize(32);
        assertThat(ONE.differences(same)).isEmpty();
    }

    @Test
    void whatDiffersIsNamedWithTheRowsOfBoth() {
        Digest other = new Digest(Map.of("a", new OfTable(1, "1", "2"), "b", new OfTable(1_999, "2", "4")));
        assertThat(other.text()).isNotEqualTo(ONE.text());
        assertThat(ONE.differences(other)).containsExactly("a: 1 rows against 1", "b: 2,000 rows against 1,999");
    }
}
