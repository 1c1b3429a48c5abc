package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import dev.dise.runtime.kafka.DeadLetterTally;
import dev.dise.runtime.kafka.DeadLetterTally.Letter;
import dev.dise.schemas.EventType;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * What became of the events of an import.
 *
 * @param sent events by type
 * @param delivered events that Kafka has acknowledged
 * @param undelivered events that it has not
 * @param before rows or points by type before the import, the larger of the two
 * @param after the same after it
 * @param estimated types of which those numbers are estimates, since there are too many rows to count
 * @param settled whether the stores have everything
 */
record Imported(
        Map<EventType, Long> sent,
        long delivered,
        long undelivered,
        List<Letter> deadLetters,
        Map<String, Long> before,
        Map<String, Long> after,
        List<String> estimated,
        boolean settled) {

    /** Whether every event is stored, superseded by a newer version of the same, or a dead letter with its reason. */
    boolean isComplete() {
        return settled && undelivered == 0;
    }

    void print(PrintWriter out) {
        Map<String, Long> letters = DeadLetterTally.byType(deadLetters);
        Table table = new Table("type", "events", "stored before", "stored now", "new", "dead-lettered");
        sent.forEach((type, events) -> {
            String name = type.wireName();
            long then = before.getOrDefault(name, 0L);
            long now = after.getOrDefault(name, 0L);
            table.row(name, events, then, now, now - then, letters.getOrDefault(name, 0L));
        });
        table.print(out);
        if (!estimated.isEmpty()) {
            out.println("what is stored is not counted but estimated for " + String.join(", ", estimated));
        }
        deadLetters.stream()
                .limit(10)
                .forEach(letter -> out.println("dead letter at " + letter.stage() + ": " + letter.type() + ", "
                        + letter.reason() + ", " + letter.message()));
        if (!isComplete()) {
            out.println(
                    undelivered > 0
                            ? undelivered + " events were not taken by Kafka: import again, which repeats nothing"
                            : "the stores have not caught up yet: see ./dise status");
        }
    }
}
