package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.schemas.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows that PostgreSQL refuses cost themselves, and their neighbours nothing. */
class PoisonIT extends PgSinkRig {
    private static final Logger log = LoggerFactory.getLogger(PoisonIT.class);
    private static final int ROWS = 500;
    private static final long SEED = Long.getLong("dise.seed", System.nanoTime());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 25, 100})
    void eachOfThemIsADeadLetterAndTheRestIsStored(int bad) throws Exception {
        log.atInfo().addKeyValue("dise.seed", SEED).log("seed of this run");
        Set<Integer> places = new TreeSet<>();
        new Random(SEED + bad).ints(0, ROWS).distinct().limit(bad).forEach(places::add);
        write(IntStream.range(0, ROWS)
                .mapToObj(i -> call(places.contains(i) ? "1e10" : "1.5"))
                .toArray(Event[]::new));
        assertThat(refusals.records())
                .containsExactlyInAnyOrderElementsOf(
                        places.stream().map(place -> "dise.bulk-3@" + place).toList());
        assertThat(refusals.accepted()).allSatisfy(rejection -> {
            assertThat(rejection.reason()).isEqualTo("PG_CONSTRAINT");
            assertThat(rejection.message()).contains("SQLSTATE 23514").doesNotContain("10000000000");
        });
        assertThat(column("SELECT count(*) FROM tool_debug_data")).containsExactly(Integer.toString(ROWS - bad));
        assertThat(column("SELECT next_offset FROM dise_g1.sink_offsets")).containsExactly(Integer.toString(ROWS));
        assertThat(connections.statements()).isLessThanOrEqualTo(mostStatements(bad));
    }

    /** What halving would take. */
    private static int mostStatements(int bad) {
        return Math.max(20, 2 * bad * (Integer.SIZE - Integer.numberOfLeadingZeros(ROWS - 1)) + 1);
    }

    @Test
    void badRowsBesideRowsThatAreThereAlreadyAreFoundAsWell() throws Exception {
        Event again = call("1.5");
        write(again);
        write(call("2.5"), again, call("1e10"), call("3.5"), call("1e11"));
        assertThat(refusals.records()).containsExactly("dise.bulk-3@3", "dise.bulk-3@5");
        assertThat(column("SELECT duration_ms FROM tool_debug_data ORDER BY duration_ms"))
                .containsExactly("1.5", "2.5", "3.5");
    }

    @Test
    void aBatchThatIsMostlyBadEndsTheSinkAndMakesNoDeadLetters() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(call(i % 5 < 2 ? "1.5" : "1e10"));
        }
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> write(events.toArray(Event[]::new)))
                .withMessageContaining("refuses 300 of 500 rows");
        assertThat(refusals.accepted()).isEmpty();
        assertThat(column("SELECT count(*) FROM tool_debug_data")).containsExactly("0");
        assertThat(column("SELECT count(*) FROM dise_g1.sink_offsets")).containsExactly("0");
    }
}
