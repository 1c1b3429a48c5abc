package dev.dise.runtime.keys;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/** The file of the keys: JSON, readable by its owner only, replaced as a whole so that no reader sees half of it. */
public final class KeyFile {
    private static final int LIVE_OF_ONE_NAME = 2;
    private static final String OWNER_ONLY = "rw-------";

    /** A misspelt setting, such as the end of a key, must not be passed over. */
    private static final ObjectReader READER =
            Json.mapper().readerFor(Content.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path file;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** What the file holds. */
    private record Content(List<ApiKey> keys) {
        private Content {
            if (new HashSet<>(keys.stream().map(ApiKey::keyId).toList()).size() < keys.size()) {
                throw new IllegalArgumentException("two keys have the same key_id");
            }
        }
    }

    /**
     * What a new key is to be.
     *
     * @param lifetime null for no end
     * @param eventsPerSecond null for the server's own
     * @param bytesPerSecond null for the server's own
     */
    public record Wish(
            String name,
            Set<Scope> scopes,
            @Nullable Duration lifetime,
            @Nullable Long eventsPerSecond,
            @Nullable Long bytesPerSecond) {}

    public KeyFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /**
     * The keys in it, ended ones too; none if there is no file.
     *
     * @throws IllegalArgumentException if it cannot be understood; the message says why, without what is in it
     */
    public List<ApiKey> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            Content content = READER.readValue(Json.parse(Files.readAllBytes(file)));
            return List.copyOf(content.keys());
        } catch (InvalidEventException | JacksonException e) {
            throw new IllegalArgumentException(
                    "the keys file " + file + " is not what ./dise keys writes" + rule(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the keys file " + file, e);
        }
    }

    /**
     * Makes a key.
     *
     * @throws IllegalArgumentException if its name has two live keys already
     */
    public NewKey create(Wish wish) {
        List<ApiKey> keys = new ArrayList<>(read());
        long live = keys.stream()
                .filter(key -> key.name().equals(wish.name()) && key.isLive(clock.instant()))
                .count();
        if (live >= LIVE_OF_ONE_NAME) {
            throw new IllegalArgumentException(
                    wish.name() + " has two live keys already; revoke the one that is not used any more");
        }
        KeyText text = KeyText.random(random);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ApiKey key = new ApiKey(
                wish.name(),
                text.keyId(),
                text.sha256(),
                wish.scopes(),
                now,
                wish.lifetime() == null ? null : now.plus(wish.lifetime()),
                wish.eventsPerSecond(),
                wish.bytesPerSecond());
        keys.add(key);
        write(keys);
        return new NewKey(key, text.whole());
    }

    /** Takes a key out; false if there is none of that id. */
    public boolean revoke(String keyId) {
        List<ApiKey> keys = new ArrayList<>(read());
        boolean found = keys.removeIf(key -> key.keyId().equals(keyId));
        if (found) {
            write(keys);
        }
        return found;
    }

    /** The rule that a key breaks, if it is that: a parser's own words repeat what is in the file. */
    private static String rule(RuntimeException failure) {
        return failure.getCause() instanceof IllegalArgumentException broken ? ": " + broken.getMessage() : "";
    }

    private void write(List<ApiKey> keys) {
        Path absolute = file.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            Path next = Files.createTempFile(
                    absolute.getParent(),
                    ".keys",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            Files.write(next, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(new Content(keys)));
            Files.move(next, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the keys file " + file, e);
        }
    }
}
