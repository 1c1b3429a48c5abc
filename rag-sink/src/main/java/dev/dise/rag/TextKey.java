package dev.dise.rag;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Which text vectors are of, and by which model: the first 128 bits of the SHA-256 of both. */
final class TextKey {
    /** Another number where the words of a text are weighed otherwise, so that no vector of the former way is reused. */
    private static final byte WORDS_VERSION = 1;

    private TextKey() {}

    static UUID of(String model, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(model.getBytes(UTF_8));
            digest.update(WORDS_VERSION);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
