package dev.dise.embedded.qdrant;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Collection names as folder names, also on disks that take "A" and "a" for the same. */
final class CollectionName {

    private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"/\\\\|?*\\x00-\\x1f]");
    private static final int MAX_LENGTH = 255;
    private static final int MAX_FOLDER_LENGTH = 240;

    private CollectionName() {}

    static String toFolder(String name) {
        if (name.isBlank()
                || name.length() > MAX_LENGTH
                || FORBIDDEN.matcher(name).find()) {
            throw QdrantError.wrongInput("collection name `" + name + "` must have 1 to " + MAX_LENGTH
                    + " characters and none of <>:\"/\\|?*");
        }
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        if (encoded.length() > MAX_FOLDER_LENGTH) {
            throw QdrantError.missing("collection names as long as `" + name + "`");
        }
        return encoded + "-" + checksum(name);
    }

    static String ofFolder(String folder) {
        return URLDecoder.decode(folder.substring(0, folder.lastIndexOf('-')), StandardCharsets.UTF_8);
    }

    private static String checksum(String name) {
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(checksum.getValue());
    }
}
