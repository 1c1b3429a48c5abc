package dev.dise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.ChildJvm;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway in a process of its own that is killed at any moment, again and again, under load, and the first time before
 * there is any Kafka: whatever it said 202 to is in the topic. In the end it is asked to stop, and does so in good order. More deaths: {@code -Ddise.kills=100}.
 */
class KilledGatewayIT {
    private static final int KILLS = Math.max(3, Integer.getInteger("dise.kills", 0) / 10);
    private static final long SEED = Long.getLong("dise.seed", System.nanoTime());
    private static final int CLIENTS = 8;
    private static final String LOG = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";

    @TempDir
    static Path directory;

    private final Random random = new Random(SEED);
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile boolean isLoaded = true;
    private volatile boolean isStopping;
    private int port;

    @Test
    void whatWasAcceptedIsInTheTopicWheneverTheGatewayDies() throws Exception {
        int kafkaPort = freePort();
        port = freePort();
        Path config = Files.writeString(
                directory.resolve("config.yaml"), """
                kafka: { bootstrap_servers: "127.0.0.1:%d", partitions: 1, replication_factor: 1 }
                gateway: { port: %d, spool: { dir: "%s" } }
                """.formatted(kafkaPort, port, directory.resolve("spool")));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> load = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(i -> clients.submit(this::send))
                    .toList();
            killAtAnyMoment(config);
            assertThat(Files.exists(directory.resolve("spool"))).isTrue();
            try (KafkaStack kafka = KafkaStack.start(directory.resolve("kafka"), kafkaPort, 1)) {
                for (int kill = 1; kill < KILLS; kill++) {
                    killAtAnyMoment(config);
                }
                stopInGoodOrder(config);
                isLoaded = false;
                for (Future<?> each : load) {
                    each.get(20, TimeUnit.SECONDS);
                }
                assertAllStored(kafka);
            }
        }
    }

    private void killAtAnyMoment(Path config) throws InterruptedException {
        try (ChildJvm gateway = gateway(config)) {
            int before = accepted.size();
            await().atMost(Duration.ofSeconds(30)).until(() -> accepted.size() > before + 100);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
            gateway.kill();
        }
    }

    private void assertAllStored(KafkaStack kafka) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Set<String> stored = kafka.read(Topic.EVENTS).stream()
                    .map(record -> String.valueOf(record.header(EnvelopeHeaders.ID)))
                    .collect(Collectors.toSet());
            assertThat(stored).as("seed %d, %d accepted", SEED, accepted.size()).containsAll(accepted);
        });
    }

    private void stopInGoodOrder(Path config) {
        try (ChildJvm gateway = gateway(config)) {
            int before = accepted.size();
            await().atMost(Duration.ofSeconds(30)).until(() -> accepted.size() > before + 100);
            isStopping = true;
            gateway.terminate();
            int unused = gateway.exitCode(Duration.ofSeconds(15));
            assertThat(broken).as(gateway.printed()).hasValue(0);
        }
    }

    private static ChildJvm gateway(Path config) {
        return ChildJvm.start(Main.class, directory.resolve("gateway.log"), Map.of(), config.toString());
    }

    /** Sends single events and batches, one after the other, and notes the ids of what was accepted. */
    private void send() {
        while (isLoaded) {
            boolean sent = false;
            try (RawClient raw = new RawClient(port)) {
                RawClient.Answer answer;
                do {
                    int first = ids.getAndAdd(10);
                    sent = false;
                    RawClient connected = raw.send(first % 20 == 0 ? single(first) : batch(first));
                    sent = true;
                    answer = connected.answer();
                    note(answer, first);
                } while (answer.status() == 202 && !answer.closes());
                sent = false;
            } catch (IOException e) {
                // The gateway is dead, or not there yet: nothing is known of what was sent, so nothing is noted.
                if (isStopping && sent) {
                    broken.incrementAndGet();
                }
                pause();
            }
        }
    }

    private void note(RawClient.Answer answer, int first) {
        if (answer.status() == 202) {
            IntStream.range(first, first + 10)
                    .mapToObj(KilledGatewayIT::id)
                    .filter(id -> answer.text().contains("\"id\":\"" + id + "\",\"status\":\"accepted\""))
                    .forEach(accepted::add);
        } else if (isStopping && answer.status() == 0) {
            broken.incrementAndGet();
        }
    }

    private static String single(int first) {
        return RawClient.post("/v1/events/log", LOG, "ce-id: " + id(first));
    }

    private static String batch(int first) {
        return RawClient.post(
                "/v1/events",
                IntStream.range(first, first + 10)
                        .mapToObj(i -> "{\"type\":\"log\",\"id\":\"" + id(i) + "\",\"data\":" + LOG + "}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private static String id(int number) {
        return "id-" + number;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
