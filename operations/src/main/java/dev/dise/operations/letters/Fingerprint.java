package dev.dise.operations.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What dead letters of one cause have in common. Of the message, this is left: quoted values become {@code "?"} (also the
 * last one where the message was cut in it), UUIDs and runs of eight or more hexadecimal digits with a number in them {@code
 * <id>}, numbers {@code <n>}; white space becomes one space. The hash is the first ten hexadecimal digits of the SHA-256 of
 * stage, reason and that, a line each. Schema errors name their paths in the message, so the path counts.
 *
 * @param hash names the group
 * @param message what is left of the message
 */
public record Fingerprint(String hash, String message) {
    private static final int HASH_BYTES = 5;
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*(\"|$)");
    private static final Pattern ID = Pattern.compile(
            "(?i)\\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?=[a-f]*[0-9])[0-9a-f]{8,})\\b");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Of a letter's stage, reason code and message. */
    public static Fingerprint of(String stage, String reason, String message) {
        String normal = normal(message);
        return new Fingerprint(hash(stage + "\n" + reason + "\n" + normal), normal);
    }

    /** The JSON pointers that a message names as wrong, as in {@code /severity}; none if it is about the whole. */
    public static List<String> paths(String message) {
        return Arrays.stream(QUOTED.matcher(message).replaceAll("?").split("; ", -1))
                .filter(violation -> violation.startsWith("/"))
                .map(violation -> violation.split(" ", 2)[0])
                .distinct()
                .toList();
    }

    private static String normal(String message) {
        String unquoted = QUOTED.matcher(message).replaceAll("\"?\"");
        String withoutIds = ID.matcher(unquoted).replaceAll("<id>");
        return SPACE.matcher(NUMBER.matcher(withoutIds).replaceAll("<n>"))
                .replaceAll(" ")
                .strip();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
