package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The promise that nothing accepted is lost, and nothing comes that was not sent. */
public final class EachEventAtLeastOnce {
    private final Set<String> sent = new LinkedHashSet<>();

    /** Events that are to arrive. */
    public void sent(Collection<String> ids) {
        sent.addAll(ids);
    }

    /** Whether all have arrived; for waiting. */
    public boolean isKeptBy(List<String> arrived) {
        return Set.copyOf(arrived).containsAll(sent);
    }

    /** Fails with what is missing or was never sent. */
    public void check(List<String> arrived) {
        assertThat(Set.copyOf(arrived)).containsExactlyInAnyOrderElementsOf(sent);
    }
}
