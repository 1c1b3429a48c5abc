package dev.dise.query;

import dev.dise.query.Catalogue.Asked;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Prints how long each kind of question takes at a million rows; runs only where it is told how often to ask. */
@EnabledIfEnvironmentVariable(named = LatencyIT.ROUNDS, matches = "\\d+")
class LatencyIT {
    static final String ROUNDS = "DISE_LATENCY_ROUNDS";

    @Test
    void tellsHowLongEachQuestionTakes(@TempDir Path folder)
            throws IOException, SQLException, StoreUnavailableException {
        int rounds = Integer.parseInt(System.getenv(ROUNDS));
        Moments moments = new Moments(Clock.systemUTC());
        try (LargeDatabase large = LargeDatabase.start(folder)) {
            Listings listings = new Listings(large.database, moments);
            Aggregates aggregates = new Aggregates(large.database, moments);
            for (Asked asked : new Catalogue(large).questions()) {
                tell(asked.toString(), rounds, () -> listings.list(asked.resource(), asked.parameters()));
            }
            for (Asked asked : new Catalogue(large).questions(Resources.PERFORMANCE)) {
                tell("figures of " + asked, rounds, () -> aggregates.of(asked.parameters()));
            }
            AncestryQuery ancestry = new AncestryQuery(large.database);
            tell("ancestry", rounds, () -> ancestry.of("tool-4321", Parameters.parse("")));
            RowCounts counts = new RowCounts(large.database);
            tell("counts", rounds, () -> counts.of(null));
            tell("counts of a run", rounds, () -> counts.of("run-12"));
        }
    }

    private interface Question {
        Object ask() throws StoreUnavailableException;
    }

    private static void tell(String what, int rounds, Question question) throws StoreUnavailableException {
        double[] millis = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            question.ask();
            millis[round] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("p50 %8.1f ms  p99 %8.1f ms  %s%n", at(millis, 0.5), at(millis, 0.99), what);
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
