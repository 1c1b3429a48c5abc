package dev.dise.pg.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts bytes as they pass, and makes their checksum. */
final class Measure {
    private final MessageDigest digest;
    private long bytes;

    Measure() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void take(byte[] passing, int offset, int length) {
        digest.update(passing, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** In hexadecimal; asked for once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
