package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What only a person can mend ends the sink: no dead letter is made, no place moves, and once it is mended all goes on. */
class WrongSetUpIT extends SinkServiceRig {
    private static final int EVENTS = 60;

    @Test
    void aColumnThatIsGone() throws Exception {
        isFatal(
                "42703",
                () -> postgres.execute("ALTER TABLE dise_g1.tool_logs RENAME COLUMN message TO gone"),
                () -> postgres.execute("ALTER TABLE dise_g1.tool_logs RENAME COLUMN gone TO message"));
    }

    @Test
    void aRightThatIsGone() throws Exception {
        isFatal(
                "42501",
                () -> postgres.execute("REVOKE INSERT ON dise_g1.tool_logs FROM dise_writer"),
                () -> postgres.execute("GRANT INSERT ON dise_g1.tool_logs TO dise_writer"));
    }

    @Test
    void aLoginThatIsNoLongerTaken() throws Exception {
        Path rules = postgres.cluster().resolve("pg_hba.conf");
        String before = Files.readString(rules);
        isFatal(
                "28000",
                () -> {
                    Files.writeString(rules, "host all dise_writer all reject\n" + before);
                    postgres.executeAsSuperuser("SELECT pg_reload_conf()");
                    postgres.endAllSessions();
                },
                () -> {
                    Files.writeString(rules, before);
                    postgres.executeAsSuperuser("SELECT pg_reload_conf()");
                });
    }

    @Test
    void aDatabaseThatIsNotThere() throws Exception {
        Path file = configFile();
        String database = "database: " + config().database().database();
        Files.writeString(file, Files.readString(file).replace(database, "database: nowhere"));
        DiseConfig config = DiseConfig.load(file, Map.of());
        assertThatException()
                .isThrownBy(() ->
                        PgSinkService.start(config, new Health(), new Metrics()).close())
                .withStackTraceContaining("nowhere");
    }

    /** A thing to do to the server. */
    private interface Change {
        void make() throws Exception;
    }

    private static void isFatal(String state, Change fault, Change cure) throws Exception {
        long place;
        try (RunningSink sink = RunningSink.start(config(), group)) {
            traffic.send(EVENTS);
            awaitDrained();
            place = postgres.recordsDone();
            fault.make();
            traffic.send(EVENTS);
            await().atMost(PATIENCE).until(() -> sink.ended().isDone());
            assertThat(sink.ended())
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("SQLSTATE " + state);
            assertThat(postgres.recordsDone()).isEqualTo(place);
        } finally {
            cure.make();
        }
        try (RunningSink sink = RunningSink.start(config(), group)) {
            awaitDrained();
            assertThat(sink.ended()).isNotDone();
        }
        checkLedger();
    }
}
