package dev.dise.runtime.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live keys of a file. A change of the file holds within seconds; one that cannot be understood is told, and changes
 * nothing. Thread-safe.
 */
public final class KeyRing {
    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    /** What an unknown key is compared with, so that it takes as long as a known one. */
    private static final String NOBODY = "0".repeat(64);

    private final KeyFile file;
    private final Clock clock;
    private volatile Map<String, ApiKey> keys = Map.of();
    private volatile Instant nextLook;
    private @Nullable Object version;

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it cannot be understood
     */
    public KeyRing(KeyFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.version = versionOf(file);
        if (version == null) {
            log.atWarn()
                    .addKeyValue("file", file.path())
                    .log("there are no keys yet; make one with ./dise keys create");
        } else {
            this.keys = read();
        }
        this.nextLook = clock.instant().plus(PERIOD);
    }

    /** Decides whether what a client presents opens the door. */
    public Admission admit(String presented, Scope scope) {
        Instant now = clock.instant();
        if (!now.isBefore(nextLook)) {
            look(now);
        }
        KeyText text = KeyText.parse(presented).orElse(null);
        ApiKey key = text == null ? null : keys.get(text.keyId());
        if (!isSame(text == null ? NOBODY : text.sha256(), key == null ? NOBODY : key.sha256())
                || key == null
                || !key.isLive(now)) {
            return new Admission.Unknown();
        }
        return key.scopes().contains(scope) ? new Admission.Admitted(key) : new Admission.WrongScope(key);
    }

    private synchronized void look(Instant now) {
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(PERIOD);
        Object found = versionOf(file);
        if (Objects.equals(found, version)) {
            return;
        }
        version = found;
        try {
            if (found == null) {
                throw new IllegalStateException("the keys file is gone");
            }
            keys = read();
            log.atInfo().addKeyValue("keys", keys.size()).log("keys were read again");
        } catch (RuntimeException e) {
            // The old keys hold: a slip in the file must not lock everybody out, nor let anybody in.
            log.atError()
                    .addKeyValue("problem", e.getMessage())
                    .log("the keys file cannot be used; the keys from before it changed stay");
        }
    }

    private Map<String, ApiKey> read() {
        return file.read().stream().collect(Collectors.toUnmodifiableMap(ApiKey::keyId, Function.identity()));
    }

    /** What changes with the file; null if there is none. */
    private static @Nullable Object versionOf(KeyFile file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
    }
}
