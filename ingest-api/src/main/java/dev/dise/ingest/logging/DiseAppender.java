package dev.dise.ingest.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.EmitterBuilder;
import dev.dise.ingest.FlushReport;
import dev.dise.schemas.LogLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Logback's records as {@code log} events. The tool that an event is of is what the MDC has as {@code tool_id}, else the
 * property {@code toolId}, else the last part of the logger's name. An error with a marker {@code FATAL} or {@code CRITICAL} is
 * critical. {@code details} has logger, thread, MDC, key-value pairs, markers and the exception; caller data are not taken.
 *
 * <p>Never blocks and never throws; the broker may be absent. Records of the emitter and of its Kafka client are left out.
 * Needs Logback, which this library does not bring. In {@code logback.xml}:
 *
 * <pre>{@code
 * <appender name="dise" class="dev.dise.ingest.logging.DiseAppender">
 *   <bootstrapServers>localhost:9092</bootstrapServers>
 *   <source>urn:my:tool</source>
 *   <toolId>parse_json</toolId>               optional, as are spoolFolder, runId and closeTimeout
 *   <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>INFO</level></filter>
 * </appender>
 * }</pre>
 *
 * An emitter that it made itself it closes when it stops; what is not delivered then is in the spool.
 */
public final class DiseAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final List<String> CRITICAL = List.of("FATAL", "CRITICAL");

    private final @Nullable ArtifactEmitter given;
    private @Nullable ArtifactEmitter own;
    private @Nullable LogOutlet outlet;
    private @Nullable String bootstrapServers;
    private @Nullable String source;
    private @Nullable String toolId;
    private @Nullable String spoolFolder;
    private @Nullable String runId;
    private Duration closeTimeout = ArtifactEmitter.CLOSE_TIMEOUT;

    /** One that makes an emitter of its properties when it starts. */
    public DiseAppender() {
        this.given = null;
    }

    /** One that uses an emitter, which stays the caller's to close. */
    public DiseAppender(ArtifactEmitter emitter) {
        this.given = emitter;
    }

    /** Brokers to begin with, as in {@code localhost:9092}. */
    public void setBootstrapServers(String servers) {
        this.bootstrapServers = servers;
    }

    /** Who emits, a URI reference such as {@code urn:dise:tool:parse_json}. */
    public void setSource(String newSource) {
        this.source = newSource;
    }

    /** The tool of records whose MDC does not say it. */
    public void setToolId(String id) {
        this.toolId = id;
    }

    /** Where events wait that Kafka does not take; the emitter's usual folder unless told otherwise. */
    public void setSpoolFolder(String folder) {
        this.spoolFolder = folder;
    }

    /** The run that events belong to; {@code DISE_RUN_ID} of the environment unless told otherwise. */
    public void setRunId(String id) {
        this.runId = id;
    }

    /** How long to wait for Kafka when it stops, as in {@code 5 seconds}, which it is unless told otherwise. */
    public void setCloseTimeout(ch.qos.logback.core.util.Duration timeout) {
        this.closeTimeout = Duration.ofMillis(timeout.getMilliseconds());
    }

    @Override
    public void start() {
        try {
            ArtifactEmitter emitter = given == null ? own() : given;
            outlet = new LogOutlet(() -> emitter, toolId);
            super.start();
        } catch (IllegalArgumentException e) {
            // Logback tells it among its status messages; the tool goes on without this appender.
            addError("cannot emit log records: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        super.stop();
        ArtifactEmitter made = own;
        own = null;
        if (made != null) {
            // Whoever ends a tool may well have interrupted this thread; the deadline is what counts here.
            boolean interrupted = Thread.interrupted();
            FlushReport unused = made.close(closeTimeout);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogOutlet current = outlet;
        if (current != null) {
            current.emit(event.getLoggerName(), event.getThreadName(), () -> line(event));
        }
    }

    private ArtifactEmitter own() {
        EmitterBuilder builder = ArtifactEmitter.builder();
        if (bootstrapServers != null) {
            builder.bootstrapServers(bootstrapServers);
        }
        if (source != null) {
            builder.source(source);
        }
        if (spoolFolder != null) {
            builder.spool(Path.of(spoolFolder));
        }
        if (runId != null) {
            builder.runId(runId);
        }
        ArtifactEmitter made = builder.build();
        own = made;
        return made;
    }

    private static LogLine line(ILoggingEvent event) {
        List<String> markers = markers(event);
        return new LogLine(
                event.getLoggerName(),
                event.getThreadName(),
                level(event.getLevel(), markers),
                event.getFormattedMessage(),
                event.getInstant(),
                event.getMDCPropertyMap(),
                keyValues(event),
                markers,
                thrown(event.getThrowableProxy()));
    }

    private static LogLevel level(Level level, List<String> markers) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return markers.stream().anyMatch(CRITICAL::contains) ? LogLevel.CRITICAL : LogLevel.ERROR;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return LogLevel.WARNING;
        }
        return level.isGreaterOrEqual(Level.INFO) ? LogLevel.INFO : LogLevel.DEBUG;
    }

    private static List<String> markers(ILoggingEvent event) {
        @Nullable List<Marker> markers = event.getMarkerList();
        return markers == null
                ? List.of()
                : markers.stream().map(Marker::getName).toList();
    }

    /** Of the same key twice the last. */
    private static Map<String, ?> keyValues(ILoggingEvent event) {
        @Nullable List<KeyValuePair> pairs = event.getKeyValuePairs();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (pairs != null) {
            pairs.forEach(pair -> values.put(String.valueOf(pair.key), pair.value));
        }
        return values;
    }

    /** Records that Logback received from another process have none any more, but for their text. */
    private static @Nullable Throwable thrown(@Nullable IThrowableProxy proxy) {
        return proxy instanceof ThrowableProxy local ? local.getThrowable() : null;
    }
}
