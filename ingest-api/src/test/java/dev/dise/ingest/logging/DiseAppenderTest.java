package dev.dise.ingest.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import dev.dise.schemas.Event;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import tools.jackson.databind.node.ObjectNode;

class DiseAppenderTest {
    private static final LoggerContext CONTEXT = (LoggerContext) LoggerFactory.getILoggerFactory();

    private final EmittedLines lines = new EmittedLines();
    private final DiseAppender appender = new DiseAppender(lines.emitter);
    private final Logger logger = loggerOf("org.example.ParseJson");

    @BeforeEach
    void start() {
        appender.setContext(CONTEXT);
        appender.start();
    }

    @AfterEach
    void stop() {
        MDC.clear();
        logger.detachAppender(appender);
        appender.stop();
        lines.close();
    }

    @Test
    void aRecordIsALogEventWithAllThatItSays() {
        MDC.put("request", "r-1");
        Instant before = Instant.now();
        logger.atWarn()
                .addMarker(MarkerFactory.getMarker("AUDIT"))
                .addKeyValue("rows", 7)
                .addKeyValue("rate", Double.NaN)
                .addKeyValue("path", Path.of("a"))
                .addKeyValue("none", (Object) null)
                .setCause(new IllegalStateException("outer", new IllegalArgumentException("inner")))
                .log("took {} ms", 12);
        ObjectNode line = lines.only();
        assertThat(line.get("tool_id").stringValue()).isEqualTo("ParseJson");
        assertThat(line.get("log_level").stringValue()).isEqualTo("warning");
        assertThat(line.get("message").stringValue()).isEqualTo("took 12 ms");
        assertThat(line.at("/details/logger").stringValue()).isEqualTo("org.example.ParseJson");
        assertThat(line.at("/details/thread").stringValue())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(line.at("/details/mdc")).hasToString("{\"request\":\"r-1\"}");
        assertThat(line.at("/details/markers")).hasToString("[\"AUDIT\"]");
        assertThat(line.at("/details/key_values").toString())
                .startsWith("{\"rows\":7,\"rate\":\"NaN\",\"path\":\"a\"")
                .doesNotContain("none\":\"");
        assertThat(line.at("/details/exception/class").stringValue()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.at("/details/exception/message").stringValue()).isEqualTo("outer");
        assertThat(line.at("/details/exception/causes/0/message").stringValue()).isEqualTo("inner");
        assertThat(line.at("/details/exception/stack_trace").stringValue())
                .contains("IllegalStateException: outer", "at dev.dise.ingest.logging", "Caused by: ");
        assertThat(Instant.parse(lines.header("ce_time"))).isBetween(before.minusSeconds(1), Instant.now());
    }

    @ParameterizedTest
    @CsvSource({"TRACE,debug", "DEBUG,debug", "INFO,info", "WARN,warning", "ERROR,error"})
    void levelsAreThoseOfTheCatalogue(org.slf4j.event.Level level, String expected) {
        logger.atLevel(level).log("m");
        assertThat(lines.only().get("log_level").stringValue()).isEqualTo(expected);
    }

    @Test
    void anErrorThatIsMarkedFatalIsCritical() {
        logger.atError().addMarker(MarkerFactory.getMarker("FATAL")).log("m");
        assertThat(lines.only().get("log_level").stringValue()).isEqualTo("critical");
    }

    @Test
    void theMdcSaysBestWhichToolItIs() {
        logger.info("by logger");
        appender.stop();
        appender.setToolId("configured");
        appender.start();
        logger.info("by property");
        MDC.put("tool_id", "t".repeat(600));
        logger.info("by mdc");
        MDC.put("tool_id", " ");
        logger.info("by none");
        assertThat(lines.all())
                .extracting(line -> line.get("tool_id").stringValue())
                .containsExactly("ParseJson", "configured", "t".repeat(500), "unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dev.dise.ingest.ArtifactEmitter", "dev.dise.ingest", "org.apache.kafka.clients.NetworkClient"})
    void recordsOfTheEmitterAndOfItsClientAreLeftOut(String name) {
        Logger own = loggerOf(name);
        own.warn("events were dropped");
        own.detachAppender(appender);
        loggerOf("dev.dise.ingestion").warn("another");
        loggerOf("dev.dise.ingestion").detachAppender(appender);
        assertThat(lines.only().get("message").stringValue()).isEqualTo("another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dise-emitter", "dise-emitter-answers", "kafka-producer-network-thread | producer-1"})
    void recordsOfTheEmittersThreadsAreLeftOut(String name) throws InterruptedException {
        Thread thread = new Thread(() -> logger.info("from within"), name);
        thread.start();
        thread.join();
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void whatIsLoggedWhileALineIsEmittedIsLeftOut() {
        logger.atInfo()
                .addKeyValue("loud", new Object() {
                    @Override
                    public String toString() {
                        logger.info("while it is emitted");
                        return "said";
                    }
                })
                .log("m");
        assertThat(lines.only().at("/details/key_values/loud").stringValue()).isEqualTo("said");
    }

    @Test
    void whatFailsInTheToolsOwnCodeCostsThatPartAlone() {
        logger.atInfo()
                .addKeyValue("bad", new Object() {
                    @Override
                    public String toString() {
                        throw new UnsupportedOperationException("no");
                    }
                })
                .log("m");
        assertThat(lines.only().at("/details/key_values/bad").stringValue()).contains("UnsupportedOperationException");
    }

    @Test
    void secretsAreHidden() {
        MDC.put("api_key", "s3cret");
        logger.atInfo().addKeyValue("dbPassword", "s3cret").log("m");
        assertThat(lines.only().toString()).doesNotContain("s3cret").contains("\"api_key\":\"****\"");
    }

    @Test
    void aRecordOfAnySizeFits() {
        Map<String, String> large = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            large.put("k" + i + "x".repeat(1_000), "\u0001".repeat(20_000));
        }
        MDC.setContextMap(large);
        logger.error("\u0001".repeat(3_000_000), deep(5_000, new IllegalStateException("x".repeat(100_000))));
        ObjectNode line = lines.only();
        assertThat(line.get("message").stringValue()).endsWith("… (2936000 more)");
        assertThat(line.at("/details/exception/stack_trace").stringValue()).contains("… (");
        assertThat(lines.stats().bufferedBytes()).isLessThan(Event.MAX_DATA_BYTES);
        assertThat(lines.stats().dropped()).isEmpty();
    }

    @Test
    void nullAndHalfCharactersAreTold() {
        logger.info((String) null);
        logger.info("half \ud800");
        assertThat(lines.all())
                .extracting(line -> line.get("message").stringValue())
                .containsExactly("null", "half \ufffd");
    }

    @Test
    void anAbsentBrokerHoldsUpNothing(@TempDir Path folder) throws Exception {
        DiseAppender own = new DiseAppender();
        own.setContext(CONTEXT);
        try (ServerSocket socket = new ServerSocket(0)) {
            own.setBootstrapServers("127.0.0.1:" + socket.getLocalPort());
        }
        own.setSource("urn:dise:test");
        own.setSpoolFolder(folder.toString());
        own.setRunId("r-1");
        own.setCloseTimeout(ch.qos.logback.core.util.Duration.buildByMilliseconds(20));
        own.start();
        logger.addAppender(own);
        long begin = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            logger.info("line {}", i);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        logger.detachAppender(own);
        Thread.currentThread().interrupt();
        own.stop();
        assertThat(Thread.interrupted()).isTrue();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .as("a thousand events are on disk")
                    .isGreaterThan(200_000);
        }
    }

    @Test
    void wrongSettingsAreToldByLogbackAndNothingFails() {
        DiseAppender without = new DiseAppender();
        without.setContext(CONTEXT);
        without.start();
        assertThat(without.isStarted()).isFalse();
        assertThat(CONTEXT.getStatusManager().getCopyOfStatusList())
                .filteredOn(status -> status.getLevel() == Status.ERROR)
                .extracting(Status::getMessage)
                .contains("cannot emit log records: source is required");
        without.stop();
    }

    private Logger loggerOf(String name) {
        Logger made = CONTEXT.getLogger(name);
        made.setLevel(Level.TRACE);
        made.setAdditive(false);
        made.addAppender(appender);
        return made;
    }

    private static Throwable deep(int frames, Throwable at) {
        if (frames == 0) {
            return new IllegalStateException("deep", at);
        }
        return deep(frames - 1, at);
    }
}
