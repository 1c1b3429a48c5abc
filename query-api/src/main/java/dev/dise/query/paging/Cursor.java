package dev.dise.query.paging;

import dev.dise.query.Parameters;
import dev.dise.query.RefusedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * A place in a list as a text that means nothing to who gets it. It belongs to a list and its filters, and is refused with
 * others. What is in it: a version, a hash of list and filters, the parts of the place, a checksum. It is no secret and
 * opens nothing: whoever makes one up gets a place in a list that was open anyway.
 */
public final class Cursor {
    /** The parameter that has it. */
    public static final String AFTER = "after";

    private static final byte VERSION = 1;
    private static final int OWNER_BYTES = 8;
    private static final int LONGEST = 8_000;
    private static final String BEGIN_AGAIN = "; begin again without it";
    /** What may differ between the pages of one list. */
    private static final Set<String> NO_FILTERS = Set.of(AFTER, "limit");

    private Cursor() {}

    /** The cursor of a place in a list with these filters. */
    public static String of(String path, Parameters parameters, List<String> place) {
        List<byte[]> parts = place.stream()
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList();
        int size = parts.stream().mapToInt(part -> Short.BYTES + part.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(1 + OWNER_BYTES + size + Integer.BYTES);
        bytes.put(VERSION).put(owner(path, parameters));
        parts.forEach(part -> bytes.putShort((short) part.length).put(part));
        bytes.putInt(checksum(bytes.array(), bytes.position()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * The place that a cursor has.
     *
     * @throws RefusedException if it is none, or that of another list or of other filters
     */
    public static List<String> place(String path, Parameters parameters, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(decoded(text));
        if (bytes.get() != VERSION) {
            throw RefusedException.badValue(AFTER, "is of another version of this service" + BEGIN_AGAIN);
        }
        byte[] owner = new byte[OWNER_BYTES];
        bytes.get(owner);
        if (!Arrays.equals(owner, owner(path, parameters))) {
            throw RefusedException.badValue(AFTER, "belongs to another list or to other filters" + BEGIN_AGAIN);
        }
        return parts(bytes);
    }

    /** What to throw if the parts are no place. */
    public static RefusedException malformed() {
        return RefusedException.badValue(AFTER, "must be the next of an answer as it was given" + BEGIN_AGAIN);
    }

    private static byte[] decoded(String text) {
        byte[] bytes;
        try {
            bytes = text.length() > LONGEST
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        int end = bytes.length - Integer.BYTES;
        if (end < 1 + OWNER_BYTES
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(bytes)
                        .equals(text)
                || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
            throw malformed();
        }
        return Arrays.copyOf(bytes, end);
    }

    private static List<String> parts(ByteBuffer bytes) {
        List<String> parts = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                byte[] part = new byte[Short.toUnsignedInt(bytes.getShort())];
                bytes.get(part);
                parts.add(new String(part, StandardCharsets.UTF_8));
            }
        } catch (BufferUnderflowException e) {
            throw malformed();
        }
        return parts;
    }

    /** No parameter has a NUL in it, so that it can part them. */
    private static byte[] owner(String path, Parameters parameters) {
        StringBuilder text = new StringBuilder(path);
        for (String name : new TreeSet<>(parameters.values().keySet())) {
            if (!NO_FILTERS.contains(name)) {
                text.append("\0\0").append(name);
                parameters.all(name).stream()
                        .sorted()
                        .forEach(value -> text.append('\0').append(value));
            }
        }
        try {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), OWNER_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
