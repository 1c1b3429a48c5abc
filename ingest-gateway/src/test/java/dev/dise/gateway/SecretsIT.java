package dev.dise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.runtime.config.AuthConfig;
import dev.dise.runtime.keys.KeyFile;
import dev.dise.runtime.keys.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is planted anywhere in a request comes out nowhere but in the topic. */
class SecretsIT {
    private static final String CANARY = "canary-7f3a9";
    private static final String JSON = "application/json";

    @TempDir
    private Path directory = Path.of("");

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.dise");
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            said.add(event.getFormattedMessage()
                    + event.getKeyValuePairs()
                    + event.getThreadName()
                    + event.getThrowableProxy());
        }
    };
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            said.add(record.getMessage() + record.getThrown());
            for (Throwable each = record.getThrown(); each != null; each = each.getCause()) {
                said.add(each.toString());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        appender.start();
        root.addAppender(appender);
        ours.setLevel(Level.TRACE);
        LogManager.getLogManager().getLogger("").addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(appender);
        ours.setLevel(null);
        LogManager.getLogManager().getLogger("").removeHandler(handler);
    }

    @Test
    void nothingThatIsPlantedComesOut() throws Exception {
        KeyFile file = new KeyFile(directory.resolve("keys.json"), Clock.systemUTC());
        String key = file.create(new KeyFile.Wish("ci", Set.of(Scope.EMIT), null, null, null))
                .text();
        try (GatewayRig rig = new GatewayRig(config ->
                config.with(new AuthConfig(AuthConfig.Required.TRUE, file.path().toString())))) {
            rig.outlet.answer(event -> {
                if (event.envelope().id().equals("bug")) {
                    throw new IllegalStateException("a bug of ours");
                }
                return ScriptedOutlet.inKafka(event);
            });
            String good = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"" + CANARY + "\"}";
            List<Answer> answers = List.of(
                    rig.client.post("/v1/events/log?token=" + CANARY, JSON, good, "X-API-Key", key, "x-h", CANARY),
                    rig.client.post("/v1/events/log", JSON, good, "X-API-Key", key, "ce-id", "bug"),
                    rig.client.post("/v1/events/log", JSON, good, "X-API-Key", CANARY),
                    rig.client.post("/v1/events/log", JSON, good, "Authorization", "Bearer " + CANARY),
                    rig.client.post("/v1/events/log", JSON, good, "X-API-Key", key.substring(0, 50) + CANARY),
                    rig.client.post("/v1/events/log", JSON, good, "X-API-Key", key, "ce-subject", CANARY),
                    rig.client.post("/v1/events/log", JSON, good, "X-API-Key", key, "ce-time", CANARY),
                    rig.client.post("/v1/events/log", JSON, good, "X-API-Key", key, "ce-type", CANARY),
                    rig.client.post("/v1/events/log", JSON, good, "X-API-Key", key, "Content-Encoding", CANARY),
                    rig.client.post("/v1/events/log", CANARY + "/x", good, "X-API-Key", key),
                    rig.client.post("/v1/events/" + CANARY, JSON, good, "X-API-Key", key),
                    rig.client.post("/" + CANARY, JSON, good, "X-API-Key", key),
                    rig.client.post("/v1/events/log", JSON, good.replace("info", CANARY), "X-API-Key", key),
                    rig.client.post(
                            "/v1/events/log", JSON, good.replace("\"t\"", "[\"" + CANARY + "\"]"), "X-API-Key", key),
                    rig.client.post("/v1/events/log", JSON, good + CANARY, "X-API-Key", key),
                    rig.client.post("/v1/events/log", JSON, good.replace("}", CANARY), "X-API-Key", key),
                    rig.client.post(
                            "/v1/events",
                            JSON,
                            "[{\"type\":\"" + CANARY + "\",\"data\":" + good + "}]",
                            "X-API-Key",
                            key),
                    rig.client.post(
                            "/v1/events",
                            JSON,
                            "[{\"type\":\"log\",\"subject\":\"" + CANARY + "\",\"data\":" + good + "}," + CANARY,
                            "X-API-Key",
                            key),
                    rig.client.post("/v1/events", "application/x-ndjson", CANARY + "\n" + good, "X-API-Key", key));
            assertThat(answers.get(0).status()).isEqualTo(202);
            assertThat(answers.get(1).status()).isEqualTo(500);
            assertThat(answers).allSatisfy(answer -> {
                String text =
                        answer.response().body() + answer.response().headers().map();
                assertThat(text).doesNotContain(CANARY).doesNotContain(key.substring(14));
            });
            try (RawClient raw = rig.raw()) {
                assertThat(raw.send("GET /" + CANARY + " HTTP/9\r\n" + CANARY + "\r\n\r\n")
                                .answer()
                                .text())
                        .doesNotContain(CANARY);
            }
            assertThat(rig.client.call("GET", "/metrics").response().body()).doesNotContain(CANARY);
        }
        assertThat(said).as("the bug is told").anyMatch(line -> line.contains("a bug of ours"));
        assertThat(said).noneMatch(line -> line.contains(CANARY)).noneMatch(line -> line.contains(key.substring(14)));
    }
}
