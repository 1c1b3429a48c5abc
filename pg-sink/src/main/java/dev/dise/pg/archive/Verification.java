package dev.dise.pg.archive;

import dev.dise.pg.archive.Finding.State;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Reads archived files again and compares them with what was written. */
record Verification(ArchiveStore store) {

    /**
     * Reads them all.
     *
     * @param watcher is told how many rows have been read
     * @throws IOException if the archive cannot be reached
     */
    List<Finding> of(List<ArchivedFile> files, LongConsumer watcher) throws IOException {
        List<Finding> findings = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        long before = 0;
        for (ArchivedFile file : files) {
            long sofar = before;
            findings.add(verify(file, rows -> watcher.accept(sofar + rows)));
            before += file.rows();
            listed.add(file.file());
            listed.add(Manifest.fileOf(file.file()));
        }
        for (String name : store.list("")) {
            if (!listed.contains(name)) {
                findings.add(new Finding(name, State.UNLISTED, "a pass that was killed may have left it"));
            }
        }
        return findings;
    }

    private Finding verify(ArchivedFile file, LongConsumer watcher) throws IOException {
        try {
            new ArchiveReader(store).verify(file, watcher);
            return new Finding(file.file(), State.GOOD, "");
        } catch (NoSuchFileException e) {
            return new Finding(file.file(), State.MISSING, e.getFile() + " is not there");
        } catch (BrokenFileException e) {
            return new Finding(file.file(), State.BROKEN, String.valueOf(e.getMessage()));
        }
    }
}
