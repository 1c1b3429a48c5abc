package dev.dise.operations;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as JSON can show them, without loss.
 *
 * @param text if they are UTF-8
 * @param base64 if they are not
 * @param size how many they are
 */
public record BytesView(@Nullable String text, @Nullable String base64, int size) {
    /** Null for null. */
    public static @Nullable BytesView of(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new BytesView(text, null, bytes.length);
        } catch (CharacterCodingException e) {
            // Nothing is wrong with bytes that are no text.
            return new BytesView(null, Base64.getEncoder().encodeToString(bytes), bytes.length);
        }
    }

    /** The bytes themselves. */
    public byte[] bytes() {
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
    }
}
