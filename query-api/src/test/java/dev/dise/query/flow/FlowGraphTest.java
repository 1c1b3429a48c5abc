package dev.dise.query.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.query.flow.Flow.StoreState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlowGraphTest {
    private static final List<StoreState> STORES = List.of(
            new StoreState("postgres", "PostgreSQL", true, ""),
            new StoreState("qdrant", "Qdrant", false, "connection refused"));
    private static final List<Reader> READERS = List.of(
            reader("router", "dise.events", "caught up"),
            reader("pg-sink (g1)", "dise.bulk", "caught up"),
            reader("pg-sink (g2)", "dise.bulk", "growing"),
            reader("rag-sink (embed)", "dise.rag", "caught up"),
            reader("rag-sink (write)", "dise.vectors", "stalled"));

    @Test
    void everyPathLeadsFromTheDoorsToAStore() {
        FlowGraph graph = new FlowGraph(READERS, STORES, 4, 0.5);
        assertThat(graph.edges())
                .extracting(edge -> edge.from() + ">" + edge.to())
                .containsExactlyInAnyOrder(
                        "doors>dise.events",
                        "dise.events>router",
                        "router>dise.bulk",
                        "router>dise.rag",
                        "router>dise.dead-letters",
                        "dise.bulk>pg-sink (g1)",
                        "pg-sink (g1)>postgres",
                        "dise.bulk>pg-sink (g2)",
                        "pg-sink (g2)>postgres",
                        "dise.rag>rag-sink (embed)",
                        "rag-sink (embed)>dise.vectors",
                        "dise.vectors>rag-sink (write)",
                        "rag-sink (write)>qdrant");
        assertThat(graph.nodes())
                .filteredOn(node -> !node.tone().isEmpty())
                .extracting(node -> node.id() + " " + node.tone())
                .containsExactlyInAnyOrder("qdrant bad", "rag-sink (write) bad", "pg-sink (g2) warn");
    }

    @Test
    void aStoreThatIsAwayIsSaidInWordsWithTheRoomThatIsLeft() {
        assertThat(Remarks.of(READERS, STORES, Optional.of(3.0 * 3600)))
                .extracting(Flow.Remark::text)
                .anyMatch(
                        text -> text.startsWith(
                                "Qdrant does not answer: events wait in Kafka and none is lost, with room for 3 h at this rate"))
                .anyMatch(text -> text.startsWith("rag-sink (write) stands still with 7 records before it"))
                .anyMatch(text -> text.startsWith("pg-sink (g2) gets more than it can do"));
    }

    private static Reader reader(String name, String topic, String state) {
        return new Reader(name, topic, 100, state.equals("caught up") ? 0 : 7, 10, 9, state, null, null, null);
    }
}
