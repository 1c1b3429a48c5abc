package dev.dise.cli.backup;

import dev.dise.operations.backup.BackupFile;
import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.operations.backup.Manifest;
import java.time.Instant;
import java.util.Map;

/**
 * What a backup has, for programs; the manifest itself has more.
 *
 * @param bytes on the disk
 * @param rawBytes before packing
 */
record Summary(
        String id,
        Instant startedAt,
        Instant finishedAt,
        int files,
        long bytes,
        long rawBytes,
        Map<String, Long> records,
        Map<String, Long> rows,
        Map<String, Long> points) {
    static Summary of(Manifest manifest) {
        return new Summary(
                manifest.id(),
                manifest.startedAt(),
                manifest.finishedAt(),
                manifest.files().size(),
                manifest.files().stream().mapToLong(BackupFile::bytes).sum(),
                manifest.files().stream().mapToLong(BackupFile::rawBytes).sum(),
                manifest.counts(Kind.RECORDS),
                manifest.counts(Kind.ROWS),
                manifest.counts(Kind.POINTS));
    }
}
