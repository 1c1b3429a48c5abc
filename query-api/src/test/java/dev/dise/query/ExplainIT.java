package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.query.Catalogue.Asked;
import dev.dise.query.paging.RowPlace;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What PostgreSQL does for each question at a million rows: it reads no large table from one end to the other. Today's
 * partitions are the exception, which have no indexes for words, details and runs, so that writing them costs little.
 */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class ExplainIT {
    private static final long LARGE = 10_000;
    /** Seven days begin and end within eight, and there is the rest. */
    private static final int DAYS = 9;

    private static final Moments MOMENTS = new Moments(Clock.systemUTC());

    private static LargeDatabase large;
    private static Map<String, Long> sizes;
    private static String today;

    @BeforeAll
    static void fill(@TempDir Path folder) throws IOException, SQLException {
        today = LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        large = LargeDatabase.start(folder);
        sizes = large.sizes();
    }

    @AfterAll
    static void stop() {
        large.close();
    }

    @Test
    void aStatementIsAlwaysPlannedWithItsValues() throws StoreUnavailableException {
        String mode = large.database
                .rows(SqlQuery.of("SELECT current_setting('plan_cache_mode') AS mode"))
                .getFirst()
                .get("mode")
                .stringValue();
        assertThat(mode).isEqualTo("force_custom_plan");
    }

    @TestFactory
    Stream<DynamicTest> aListingUsesAnIndex() throws SQLException {
        Listings listings = new Listings(large.database, MOMENTS);
        return new Catalogue(large)
                .questions().stream()
                        .map(asked -> DynamicTest.dynamicTest(asked.toString(), () -> {
                            for (Slice slice : listings.slices(asked.resource(), asked.parameters())) {
                                usesAnIndex(slice);
                            }
                            usesAnIndex(listings.slices(asked.resource(), behindFiveDays(asked))
                                    .getFirst());
                        }));
    }

    @TestFactory
    Stream<DynamicTest> figuresUseAnIndexOrLookAtTheirDaysAlone() throws SQLException {
        return new Catalogue(large)
                .questions(Resources.PERFORMANCE).stream()
                        .flatMap(asked -> Stream.of(asked, asked.and("bucket=1h")))
                        .map(asked -> DynamicTest.dynamicTest(asked.toString(), () -> figuresAreFast(asked)));
    }

    @TestFactory
    Stream<DynamicTest> countsOfARunUseAnIndex() {
        return RowCounts.queries("run-12").stream()
                .map(count -> DynamicTest.dynamicTest(count.sql(), () -> usesAnIndex(count)));
    }

    @Test
    void ancestryUsesAnIndex() throws StoreUnavailableException {
        Set<String> hundred =
                IntStream.range(0, 100).mapToObj(n -> "tool-" + 300 * n).collect(Collectors.toSet());
        for (Way way : Way.values()) {
            usesAnIndex(AncestryQuery.edges(way, Set.of("tool-4321"), AncestryQuery.MOST_EDGES));
            usesAnIndex(AncestryQuery.edges(way, hundred, AncestryQuery.MOST_EDGES));
            usesAnIndex(AncestryQuery.nearest(List.of(way), "tool-4321", 10));
        }
        usesAnIndex(AncestryQuery.nearest(List.of(Way.values()), "tool-4321", 10));
    }

    @Test
    void lossesUseAnIndex() throws StoreUnavailableException {
        usesAnIndex(Losses.query(null));
        usesAnIndex(Losses.query("run-12"));
    }

    @TestFactory
    Stream<DynamicTest> whetherAnEventIsVisibleIsALookIntoAnIndex() {
        return Arrays.stream(EventType.values())
                .filter(type -> type != EventType.DELETION)
                .flatMap(type -> StoredRows.queries(sought(type)).stream())
                .map(query -> DynamicTest.dynamicTest(
                        query.sql(),
                        () -> assertThat(Plan.of(query, large.database).wholeTables())
                                .filteredOn(table -> sizes.getOrDefault(table, 0L) > 0)
                                .isEmpty()));
    }

    @Test
    void aMillionRowsAreEstimatedAndFewerCounted() throws StoreUnavailableException {
        RowCounts.Answer stored = new RowCounts(large.database).of(null);
        assertThat(stored.estimated()).containsExactly("log");
        assertThat(stored.rows().get("log")).isBetween(900_000L, 1_100_000L);
        assertThat(stored.rows()).containsEntry("debug_data", 132_000L).containsEntry("plan", 40_000L);
    }

    /** Every measurement of the time that is asked for counts: a day that is read as a whole is no mistake there. */
    private static void figuresAreFast(Asked asked) throws StoreUnavailableException {
        SqlQuery query = new Aggregates(large.database, MOMENTS)
                .query(asked.parameters())
                .limit(Plan.LIMIT);
        if (asked.namesFewRows()) {
            usesAnIndex(query);
        } else {
            Plan plan = Plan.of(query, large.database);
            assertThat(plan.wholeTables()).as("%s", plan).hasSizeLessThanOrEqualTo(DAYS);
        }
    }

    /** With an id of its sender's own, which may be in any partition. */
    private static SoughtEvent sought(EventType type) {
        return new SoughtEvent("own", type, "tool-4321", MOMENTS.now(), Store.POSTGRES);
    }

    /** The question of a page far behind the first. */
    private static Parameters behindFiveDays(Asked asked) {
        RowPlace place = new RowPlace(MOMENTS.now().minusDays(5), new UUID(7, 7), 7, null);
        return asked.and("after=" + place.cursor(asked.resource().path(), asked.parameters()))
                .parameters();
    }

    private static void usesAnIndex(Slice slice) throws StoreUnavailableException {
        SqlQuery newest = slice.newest(Plan.LIMIT);
        usesAnIndex(newest);
        if (slice.isSearched() && large.database.rows(newest).size() < Plan.LIMIT) {
            SqlQuery places = slice.places(Plan.LIMIT);
            usesAnIndex(places);
            usesAnIndex(slice.at(large.database.rows(places)));
        }
    }

    private static void usesAnIndex(SqlQuery query) throws StoreUnavailableException {
        Plan plan = Plan.of(query, large.database);
        assertThat(plan.wholeTables())
                .as("%s", plan)
                .allMatch(table -> sizes.getOrDefault(table, 0L) <= LARGE || table.endsWith(today));
    }
}
