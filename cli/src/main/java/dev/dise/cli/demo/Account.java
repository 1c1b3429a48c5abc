package dev.dise.cli.demo;

import dev.dise.runtime.kafka.DeadLetterTally;
import dev.dise.runtime.kafka.DeadLetterTally.Letter;
import dev.dise.schemas.EventType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The books of a run: for each type what was to become of its events, and what did.
 *
 * @param lines by type; the garbage has a line of its own
 */
record Account(Map<String, Line> lines) {
    static final String GARBAGE = "(garbage)";

    /** One type's line: expected against found. */
    record Line(Expected expected, long rows, long points, long deadLetters) {
        boolean balances() {
            return rows == expected.rows() && points == expected.points() && deadLetters == expected.deadLetters();
        }
    }

    static Account of(Map<EventType, Expected> expected, JsonNode counts, List<Letter> letters) {
        Map<String, Line> lines = new TreeMap<>();
        Map<Boolean, List<Letter>> byGarbage = letters.stream()
                .collect(Collectors.partitioningBy(letter -> letter.subject().equals(Garbage.SUBJECT)));
        Map<String, Long> typed = DeadLetterTally.byType(byGarbage.getOrDefault(false, List.of()));
        long garbage = byGarbage.getOrDefault(true, List.of()).size();
        for (Map.Entry<EventType, Expected> entry : expected.entrySet()) {
            String type = entry.getKey().wireName();
            long rows = counts.path("postgres").path(type).asLong(0);
            long points = counts.path("qdrant").path(type).asLong(0);
            lines.put(type, new Line(entry.getValue(), rows, points, typed.getOrDefault(type, 0L)));
        }
        lines.put(GARBAGE, new Line(new Expected(Garbage.RECORDS, 0, 0, Garbage.RECORDS), 0, 0, garbage));
        return new Account(lines);
    }

    boolean balances() {
        return lines.values().stream().allMatch(Line::balances);
    }
}
