package dev.dise.operations.backup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One file of a backup.
 *
 * @param path below the folder
 * @param of whose items it has: a topic, a table or a collection
 * @param partition of the topic; 0 for the others
 * @param items records, rows or points
 * @param rawBytes before packing
 * @param bytes on the disk
 * @param sha256 of the bytes on the disk
 */
public record BackupFile(
        String path, Kind kind, String of, int partition, long items, long rawBytes, long bytes, String sha256) {
    /** What a file has. */
    public enum Kind {
        RECORDS("topics"),
        ROWS("postgres"),
        POINTS("qdrant");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        /** Where such files are, below the backup's folder. */
        String folder() {
            return folder;
        }

        /** The name in the manifest. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
