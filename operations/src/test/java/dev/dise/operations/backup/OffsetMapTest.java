package dev.dise.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a record is after its partition was written anew. */
class OffsetMapTest {
    @Test
    void aPartitionWithoutItsBeginningMovesToTheFront() {
        OffsetMap map = new OffsetMap(100);
        assertThat(map.add(100)).isZero();
        assertThat(map.add(101)).isEqualTo(1);
        assertThat(map.of(100)).isZero();
        assertThat(map.of(101)).isEqualTo(1);
        assertThat(map.of(102)).as("the end").isEqualTo(2);
    }

    @Test
    void whatWasLostBeforeIsBelowZeroAndInOrder() {
        OffsetMap map = new OffsetMap(100);
        map.add(100);
        assertThat(map.of(99)).isEqualTo(-1);
        assertThat(map.of(98)).isEqualTo(-2);
    }

    @Test
    void aHoleLeadsToTheRecordBehindIt() {
        OffsetMap map = new OffsetMap(0);
        map.add(3);
        map.add(4);
        map.add(9);
        assertThat(map.of(0)).isZero();
        assertThat(map.of(4)).isEqualTo(1);
        assertThat(map.of(5)).isEqualTo(2);
        assertThat(map.of(8)).isEqualTo(2);
        assertThat(map.of(9)).isEqualTo(2);
        assertThat(map.of(20)).as("a hole at the end").isEqualTo(3);
    }

    @Test
    void anEmptyPartitionBeginsAtTheFront() {
        OffsetMap map = new OffsetMap(7);
        assertThat(map.of(7)).isZero();
        assertThat(map.of(12)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isTheCountOfWhatStandsBefore(long seed) {
        Random random = new Random(seed);
        OffsetMap map = new OffsetMap(50);
        TreeMap<Long, Long> written = new TreeMap<>();
        for (long offset = 50; offset < 500; offset++) {
            if (random.nextInt(3) > 0) {
                written.put(offset, map.add(offset));
            }
        }
        for (long offset = 50; offset < 510; offset++) {
            assertThat(map.of(offset))
                    .as("seed %d, offset %d", seed, offset)
                    .isEqualTo(written.headMap(offset).size());
        }
        assertThat(map.count()).isEqualTo(written.size());
    }
}
