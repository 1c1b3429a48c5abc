package dev.dise.ingest;

import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.schemas.Envelope;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/** Builds an {@link ArtifactEmitter}. Mistakes in settings are told here; an absent broker is none. */
public final class EmitterBuilder {
    /** Bytes that may wait for acknowledgement where nothing else is said: 32 MiB. */
    public static final long DEFAULT_BUFFER_BYTES = 32L * 1024 * 1024;
    /** How long an event may wait where nothing else is said. */
    public static final Duration DEFAULT_DELIVERY_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration SHORTEST_DELIVERY_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_DELIVERY_TIMEOUT = Duration.ofDays(7);

    private final Map<String, String> properties = new HashMap<>();
    private @Nullable String bootstrapServers;
    private @Nullable String source;
    private @Nullable String runId = TraceContext.runIdOfEnvironment();
    private long bufferBytes = DEFAULT_BUFFER_BYTES;
    private Duration deliveryTimeout = DEFAULT_DELIVERY_TIMEOUT;
    private boolean closesAtExit = true;
    private @Nullable Overflow overflow;
    private Redaction redaction = Redaction.usual();
    private Supplier<@Nullable String> traceparent = TraceContext.ofEnvironment();
    private QuerySide querySide = QuerySide.ofEnvironment();

    EmitterBuilder() {}

    /** Brokers to begin with, as in {@code localhost:9092}. */
    public EmitterBuilder bootstrapServers(String servers) {
        this.bootstrapServers = servers;
        return this;
    }

    /** Who emits, a URI reference such as {@code urn:dise:tool:parse_json}. */
    public EmitterBuilder source(String newSource) {
        if (newSource.isBlank() || newSource.length() > Envelope.MAX_SOURCE) {
            throw new IllegalArgumentException("source must have 1 to " + Envelope.MAX_SOURCE + " characters");
        }
        this.source = newSource;
        return this;
    }

    /** The run of DiSE that events made from data belong to; {@code DISE_RUN_ID} of the environment unless told otherwise. */
    public EmitterBuilder runId(@Nullable String newRunId) {
        this.runId = newRunId;
        return this;
    }

    /**
     * The most bytes that may wait for acknowledgement: the data of each event and a fixed part for what it takes beside.
     * Kafka's producer needs about as much again, compressed.
     */
    public EmitterBuilder bufferBytes(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bufferBytes must be above 0 but is " + bytes);
        }
        this.bufferBytes = bytes;
        return this;
    }

    /**
     * What becomes of events that do not fit in memory or are not acknowledged in time. Unless told otherwise they go to a
     * spool in {@link #defaultSpoolFolder}.
     */
    public EmitterBuilder overflow(Overflow newOverflow) {
        this.overflow = newOverflow;
        return this;
    }

    /** A spool in that folder with its usual bounds; several processes may name the same. */
    public EmitterBuilder spool(Path folder) {
        return overflow(new Overflow.Spool(SpoolSettings.in(folder)));
    }

    /** What must not leave the process; {@link Redaction#usual} unless told otherwise. */
    public EmitterBuilder redaction(Redaction newRedaction) {
        this.redaction = newRedaction;
        return this;
    }

    /**
     * Where the W3C trace context of events made from data comes from, asked in the caller's thread at each; null is none.
     * Unless told otherwise it is {@code TRACEPARENT} of the environment.
     */
    public EmitterBuilder traceparent(Supplier<@Nullable String> supplier) {
        this.traceparent = supplier;
        return this;
    }

    /**
     * How long an event may wait for the producer, and then again for its acknowledgement, where nothing is spooled; from a
     * spool nothing expires.
     */
    public EmitterBuilder deliveryTimeout(Duration timeout) {
        if (timeout.compareTo(SHORTEST_DELIVERY_TIMEOUT) < 0 || timeout.compareTo(LONGEST_DELIVERY_TIMEOUT) > 0) {
            throw new IllegalArgumentException("deliveryTimeout must be from " + SHORTEST_DELIVERY_TIMEOUT + " to "
                    + LONGEST_DELIVERY_TIMEOUT + " but is " + timeout);
        }
        this.deliveryTimeout = timeout;
        return this;
    }

    /**
     * Whether the emitter closes itself when the JVM exits, which it does unless told otherwise. A service that still
     * emits while it is being stopped says no, and closes the emitter last.
     */
    public EmitterBuilder closesAtExit(boolean closes) {
        this.closesAtExit = closes;
        return this;
    }

    /**
     * Where {@link ArtifactEmitter#awaitVisible} asks, as in {@code http://localhost:8081}, which is also where it asks unless
     * told otherwise here or by {@code DISE_QUERY_URL} of the environment. What {@code DISE_API_KEY} says goes along as
     * {@code Authorization: Bearer}.
     */
    public EmitterBuilder queryApi(URI address) {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "queryApi must be an address such as http://localhost:8081 but is " + address);
        }
        this.querySide = new QuerySide(address.toString(), QuerySide.apiKeyOfEnvironment());
        return this;
    }

    /** A setting of Kafka's producer, such as those of TLS and SASL. */
    public EmitterBuilder property(String name, String value) {
        ProducerSettings.requireAllowed(name, value);
        properties.put(name, value);
        return this;
    }

    /** Settings of Kafka's producer. */
    public EmitterBuilder properties(Map<String, String> settings) {
        settings.forEach(this::property);
        return this;
    }

    /**
     * Makes the emitter and starts its thread. Does not connect: that happens with the first event.
     *
     * @throws IllegalArgumentException if a required setting is missing or Kafka does not understand one
     */
    public ArtifactEmitter build() {
        EmitterSettings settings = new EmitterSettings(
                required("source", source),
                runId,
                traceparent,
                redaction,
                bufferBytes,
                overflow == null ? new Overflow.Spool(SpoolSettings.in(defaultSpoolFolder())) : overflow,
                deliveryTimeout);
        Map<String, Object> producer =
                ProducerSettings.of(required("bootstrapServers", bootstrapServers), settings, properties);
        ArtifactEmitter emitter =
                new ArtifactEmitter(settings, () -> new KafkaProducer<>(producer), System::nanoTime, querySide);
        return closesAtExit ? emitter.start().closeAtExit() : emitter.start();
    }

    /**
     * {@code DISE_SPOOL_DIR} of the environment, else {@code dise/spool} where programs of this user keep their state
     * (XDG Base Directory Specification).
     */
    public static Path defaultSpoolFolder() {
        String folder = System.getenv("DISE_SPOOL_DIR");
        if (folder != null && !folder.isBlank()) {
            return Path.of(folder);
        }
        String state = System.getenv("XDG_STATE_HOME");
        Path root = state == null || state.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return root.resolve("dise").resolve("spool");
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is required");
        }
        return value;
    }
}
