package dev.dise.rag.compare;

import dev.dise.runtime.compare.Finding;
import java.util.Arrays;
import java.util.List;

/**
 * What is wrong with a point, by the record that said what it should be.
 *
 * @param partition of that record; -1 if the topic knows no such point
 * @param offset of that record
 * @param time the version that the point in the collection says to be; empty if it says none
 * @param type of its artifact, as far as it is known
 * @param eventId of what it should be, or of what should not be there; empty if it is not known
 * @param differing what differs, by name
 */
record Verdict(
        Finding.Kind kind,
        int partition,
        long offset,
        String time,
        String type,
        String eventId,
        List<String> differing) {
    private static final String BETWEEN = "\u001f";

    Verdict {
        differing = List.copyOf(differing);
    }

    String text() {
        return String.join(
                BETWEEN,
                kind.name(),
                Integer.toString(partition),
                Long.toString(offset),
                time,
                type,
                eventId,
                String.join("\n", differing));
    }

    static Verdict parse(String text) {
        String[] parts = text.split(BETWEEN, -1);
        return new Verdict(
                Finding.Kind.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                parts[3],
                parts[4],
                parts[5],
                parts[6].isEmpty() ? List.of() : Arrays.asList(parts[6].split("\n")));
    }
}
