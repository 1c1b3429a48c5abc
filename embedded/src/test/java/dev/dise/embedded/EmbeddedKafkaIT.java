package dev.dise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final String TOPIC = "letters";

    @TempDir
    Path directory;

    @Test
    void keepsRecordsAndOffsetsWhenItComesBackOnAnotherPort() throws Exception {
        int firstPort;
        try (EmbeddedKafka kafka = start()) {
            firstPort = kafka.port();
            createTopic(kafka);
            send(kafka, "a", "b", "c");
            assertThat(consume(kafka, 2)).containsExactly("a", "b");
        }
        try (EmbeddedKafka kafka = start()) {
            assertThat(kafka.port()).isNotEqualTo(firstPort);
            send(kafka, "d");
            assertThat(consume(kafka, 2)).containsExactly("c", "d");
        }
    }

    @Test
    void createsNoTopicByItself() throws Exception {
        try (EmbeddedKafka kafka = start();
                Admin admin = admin(kafka)) {
            assertThat(admin.listTopics().names().get()).isEmpty();
            assertThatThrownBy(() -> admin.describeTopics(List.of("nowhere"))
                            .allTopicNames()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void takesAMessageOfTwoMebibytes() throws Exception {
        try (EmbeddedKafka kafka = start()) {
            createTopic(kafka);
            send(kafka, "x".repeat(2 << 20));
            assertThat(consume(kafka, 1))
                    .singleElement()
                    .satisfies(text -> assertThat(text).hasSize(2 << 20));
        }
    }

    @Test
    void commitsTransactions() throws Exception {
        try (EmbeddedKafka kafka = start()) {
            createTopic(kafka);
            try (KafkaProducer<String, String> producer =
                    producer(kafka, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "t"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "a")).get();
                producer.commitTransaction();
            }
            assertThat(consume(kafka, 1)).containsExactly("a");
        }
    }

    @Test
    void refusesADirectoryInUse() {
        try (EmbeddedKafka kafka = start()) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + kafka.port());
            assertThatThrownBy(this::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by the Kafka of process "
                            + ProcessHandle.current().pid())
                    .hasMessageContaining("choose another data directory");
        }
    }

    private EmbeddedKafka start() {
        long begin = System.nanoTime();
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        System.out.println("broker start " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        return kafka;
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = admin(kafka)) {
            NewTopic topic = new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("max.message.bytes", "2162688"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void send(EmbeddedKafka kafka, String... values) throws Exception {
        try (KafkaProducer<String, String> producer = producer(kafka, Map.of())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value)).get();
            }
        }
    }

    private static List<String> consume(EmbeddedKafka kafka, int count) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG, "readers",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(10)).forEach(record -> values.add(record.value()));
                consumer.commitSync();
            }
        }
        return values;
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 3 << 20);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }
}
