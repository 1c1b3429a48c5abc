package dev.dise.operations.backup;

import dev.dise.operations.backup.FileCheck.State;
import dev.dise.runtime.WorkProgress;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads a backup from beginning to end and compares it with its manifest. */
public final class Verification {
    private Verification() {}

    /**
     * What the folder has by its manifest.
     *
     * @throws IllegalStateException if it is no backup
     */
    public static Manifest manifest(Path folder) {
        return ManifestFile.read(folder);
    }

    /** Says of each file how it is, in the order of the manifest. */
    public static List<FileCheck> of(Path folder, Manifest manifest, WorkProgress progress) {
        long total = manifest.files().stream().mapToLong(BackupFile::bytes).sum();
        long done = 0;
        List<FileCheck> checks = new ArrayList<>();
        for (BackupFile file : manifest.files()) {
            long before = done;
            checks.add(check(folder, file, bytes -> progress.at("bytes", before + bytes, total)));
            done += file.bytes();
        }
        progress.at("bytes", done, total);
        return checks;
    }

    private static FileCheck check(Path folder, BackupFile file, LongConsumer watcher) {
        try {
            PackedInput.verify(folder, file, watcher);
            return new FileCheck(file.path(), State.GOOD, "");
        } catch (NoSuchFileException e) {
            return new FileCheck(file.path(), State.MISSING, "it is not there");
        } catch (IOException | RuntimeException e) {
            // Whatever damage does to what reads it, it is damage.
            String message = e.getMessage();
            return new FileCheck(file.path(), State.CHANGED, message == null ? "it cannot be read" : message);
        }
    }
}
