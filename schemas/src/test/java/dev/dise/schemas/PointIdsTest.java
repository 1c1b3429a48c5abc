package dev.dise.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class PointIdsTest {
    @Test
    void anArtifactHasTheSamePointOnEveryMachineAndForEver() {
        // uuid5(uuid5(NAMESPACE_URL, "urn:dise"), "plan/p") in Python.
        assertThat(PointIds.pointId(EventType.PLAN, "p"))
                .isEqualTo(UUID.fromString("f00d7575-4f88-5452-8780-0f0006ce9797"));
    }

    @Test
    void typesDoNotShareTheirIds() {
        assertThat(PointIds.pointId(EventType.PLAN, "p")).isNotEqualTo(PointIds.pointId(EventType.TOOL, "p"));
    }
}
