package dev.dise.ingest.logging;

import dev.dise.ingest.ArtifactEmitter;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes all logging through {@link System.Logger} emit as well, that of the JDK included; what is logged, and where else to,
 * stays the business of {@code java.util.logging}. It takes over by being registered, so this library does not: whoever wants
 * it puts a file {@code META-INF/services/java.lang.System$LoggerFinder} with the name of this class on the class path, and
 * says where to by system properties:
 *
 * <ul>
 *   <li>{@code dise.log.bootstrapServers}: brokers; without it nothing is emitted
 *   <li>{@code dise.log.source}: who emits; {@value #USUAL_SOURCE} unless told otherwise
 *   <li>{@code dise.log.toolId}: the tool; the last part of each logger's name unless told otherwise
 * </ul>
 *
 * The emitter is made with the first record and closes itself when the JVM exits. A tool that logs through Logback or another
 * backend of SLF4J registers SLF4J's own finder ({@code slf4j-jdk-platform-logging}) and uses {@link DiseAppender}.
 */
public final class DiseLoggerFinder extends System.LoggerFinder {
    private static final String USUAL_SOURCE = "urn:dise:java";

    private final @Nullable String toolId = System.getProperty("dise.log.toolId");
    private @Nullable ArtifactEmitter emitter;
    private boolean tried;

    /** For the service loader. */
    public DiseLoggerFinder() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new EmittingLogger(new JulLogger(name), this::emitter, toolId);
    }

    private synchronized @Nullable ArtifactEmitter emitter() {
        String servers = System.getProperty("dise.log.bootstrapServers");
        if (!tried && servers != null) {
            // Once: settings that are wrong stay wrong, and whoever logs must not pay for them again and again.
            tried = true;
            emitter = made(servers);
        }
        return emitter;
    }

    private static @Nullable ArtifactEmitter made(String servers) {
        try {
            return ArtifactEmitter.builder()
                    .bootstrapServers(servers)
                    .source(System.getProperty("dise.log.source", USUAL_SOURCE))
                    .build();
        } catch (IllegalArgumentException e) {
            // Logging goes on without it.
            Logger.getLogger(DiseLoggerFinder.class.getName())
                    .warning("cannot emit log records: " + e.getMessage() + "; see the properties dise.log.*");
            return null;
        }
    }
}
