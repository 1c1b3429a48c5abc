package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Log;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A row that PostgreSQL does not finish in time, here because of a trigger, costs itself and no outage. */
class SlowRowIT extends SinkServiceRig {
    @Test
    void aRowThatTakesTooLongIsADeadLetterInTheEnd() throws Exception {
        postgres.execute(
                "CREATE FUNCTION dise_g1.dawdle() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_sleep(30); RETURN NEW; END $$",
                "CREATE TRIGGER dawdle BEFORE INSERT ON dise_g1.tool_logs FOR EACH ROW WHEN (NEW.message = 'slow')"
                        + " EXECUTE FUNCTION dise_g1.dawdle()");
        try (RunningSink sink = RunningSink.start(config(), group)) {
            traffic.send(60);
            Event slow = Event.of("urn:dise:test", Log.of("t", LogLevel.INFO, "slow"));
            ledger.acceptedPoison(slow.envelope().id());
            kafka.send(Topic.BULK, List.of(slow));
            traffic.send(60);
            awaitDrained();
            sink.requireSameMembership();
        }
        assertThat(kafka.deadLetters())
                .filteredOn(letter -> "DB_ROW_TIMEOUT".equals(letter.header("dlq.reason")))
                .hasSize(1);
        checkLedger();
    }
}
