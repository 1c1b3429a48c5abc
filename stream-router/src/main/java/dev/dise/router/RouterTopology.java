package dev.dise.router;

import dev.dise.runtime.config.StorageRules;
import dev.dise.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** The topology: one source, one processor without state, a sink for each topic that events can go to. */
final class RouterTopology {
    private static final String SOURCE = "events";
    private static final String ROUTER = "router";
    private static final List<Topic> DESTINATIONS = List.of(Topic.BULK, Topic.RAG, Topic.DEAD_LETTERS);

    private RouterTopology() {}

    static Topology build(StorageRules rules, MeterRegistry meters) {
        Routes routes = new Routes(rules);
        Topology topology = new Topology()
                .addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topic.EVENTS.topicName())
                .addProcessor(ROUTER, () -> new RoutingProcessor(routes, meters), SOURCE);
        for (Topic topic : DESTINATIONS) {
            topology.addSink(
                    topic.topicName(), topic.topicName(), new ByteArraySerializer(), new ByteArraySerializer(), ROUTER);
        }
        return topology;
    }
}
