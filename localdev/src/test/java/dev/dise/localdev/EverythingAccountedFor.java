package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The promise that every accepted event is stored or a dead letter, once, and never both. */
final class EverythingAccountedFor {
    private final Set<String> accepted = new HashSet<>();

    /** Notes an event that the line has acknowledged. */
    void accepted(String id) {
        assertThat(accepted.add(id)).as("each event is accepted once").isTrue();
    }

    void verify(Collection<String> stored, Collection<String> deadLetters) {
        assertThat(stored).as("stored").doesNotHaveDuplicates();
        assertThat(deadLetters).as("dead letters").doesNotHaveDuplicates();
        assertThat(stored).as("stored, and no dead letters").noneMatch(deadLetters::contains);
        Set<String> found = new TreeSet<>(stored);
        found.addAll(deadLetters);
        assertThat(found).as("stored or dead letters").containsExactlyInAnyOrderElementsOf(accepted);
    }
}
