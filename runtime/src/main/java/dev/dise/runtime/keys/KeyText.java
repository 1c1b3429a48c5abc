package dev.dise.runtime.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner writes it: {@code dise_<id>_<secret>}.
 *
 * @param keyId 8 lower-case letters and digits
 * @param secret 32 random bytes in Base64 for URLs
 */
record KeyText(String keyId, String secret) {
    static final String ID = "[a-z0-9]{8}";

    private static final Pattern TEXT = Pattern.compile("dise_(" + ID + ")_([A-Za-z0-9_-]{43})");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 8;
    private static final int SECRET_BYTES = 32;

    static KeyText random(SecureRandom random) {
        StringBuilder id = new StringBuilder();
        random.ints(ID_LENGTH, 0, LETTERS.length()).forEach(letter -> id.append(LETTERS.charAt(letter)));
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new KeyText(
                id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Empty if it is not one. */
    static Optional<KeyText> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** The hash that is kept. */
    String sha256() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** What its owner is given, once. */
    String whole() {
        return "dise_" + keyId + "_" + secret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "dise_" + keyId + "_****";
    }
}
