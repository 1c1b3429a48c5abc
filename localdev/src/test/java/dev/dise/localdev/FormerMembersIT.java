package dev.dise.localdev;

import static org.awaitility.Awaitility.await;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerMembersIT {
    private static final String GROUP = "pg-sink-g1";

    @Test
    void aMemberThatFellSilentKeepsNobodyWaiting(@TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            KafkaConfig config = new KafkaConfig(kafka.bootstrapServers(), Map.of(), 1, 1);
            TopicSetup.ensure(config);
            Consumer<byte[], byte[]> silent = joined(config);
            silent.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
            FormerMembers.remove(config);
            joined(config).close();
        }
    }

    @Test
    void aBrokerWithoutGroupsIsLeftAsItIs(@TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            FormerMembers.remove(
                    DiseConfig.defaults().withKafka(kafka.bootstrapServers()).kafka());
        }
    }

    /** A member that has its partition, sooner than the session of another would be over. */
    private static Consumer<byte[], byte[]> joined(KafkaConfig config) {
        Map<String, Object> settings = new KafkaClients(config).common();
        settings.put("group.id", GROUP);
        settings.put("auto.offset.reset", "earliest");
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.BULK.topicName()));
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            consumer.poll(Duration.ofMillis(50));
            return !consumer.assignment().isEmpty();
        });
        return consumer;
    }
}
