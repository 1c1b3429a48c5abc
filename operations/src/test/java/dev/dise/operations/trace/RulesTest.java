package dev.dise.operations.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.operations.trace.Trace.RouteView;
import dev.dise.runtime.config.StorageRules;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.StorageStrategy;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.GeneratedTool;
import dev.dise.schemas.data.Log;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void saysWhichListNamesTheType() {
        StorageRules moved = new StorageRules(Map.of(EventType.LOG, StorageStrategy.HYBRID), false);
        assertThat(route(StorageRules.defaults(), Log.of("t", LogLevel.INFO, "x"))
                        .rule())
                .startsWith("bulk_storage_types, where log is");
        RouteView ofMoved = route(moved, Log.of("t", LogLevel.INFO, "x"));
        assertThat(ofMoved.rule()).isEqualTo("hybrid_storage_types of the config has log");
        assertThat(ofMoved.topics()).containsExactly("dise.bulk", "dise.rag");
        RouteView ofNone = route(moved, GeneratedTool.of("t", "T", "executable"));
        assertThat(ofNone.rule()).contains("store_generated_tools");
        assertThat(ofNone.topics()).isEmpty();
    }

    @Test
    void aDeletionGoesWhereItsTargetGoes() {
        RouteView route = route(StorageRules.defaults(), Deletion.of(EventType.PATTERN, "p"));
        assertThat(route.topics()).containsExactly("dise.rag");
        assertThat(route.rule()).contains("its target").contains("rag_storage_types");
    }

    private static RouteView route(StorageRules rules, EventData data) {
        return new Rules(rules).routeOf(Event.of("urn:dise:test", data).envelope());
    }
}
