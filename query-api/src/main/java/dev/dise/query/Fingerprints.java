package dev.dise.query;

import java.util.UUID;
import java.util.regex.Pattern;

/** Reads fingerprints of errors. */
public final class Fingerprints {
    private static final Pattern UUID_TEXT = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Fingerprints() {}

    /**
     * The fingerprint that a text says.
     *
     * @throws RefusedException if it is none; it begins with the name
     */
    public static UUID parse(String name, String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw RefusedException.badValue(name, "must be a fingerprint, as /v1/failures/groups has them");
        }
        return UUID.fromString(text);
    }
}
