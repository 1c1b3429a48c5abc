package dev.dise.pg.archive;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Puts a file without some rows into the place of one with them. */
final class Replacement {
    private final Archives archives;
    private final ArchiveStore store;
    private final FileWithout files;

    Replacement(Session session, ArchiveStore store, FileWithout files) {
        this.archives = new Archives(session);
        this.store = store;
        this.files = files;
    }

    /**
     * Replaces one file, or removes it where nothing would be left, or where no list has it: the rows of such a file are in
     * the table still, or in the file that took its place.
     *
     * @param rows that go
     */
    void of(DailyTable table, String file, long rows) throws SQLException, IOException {
        ArchivedFile listed = archives.named(table, file).orElse(null);
        if (listed != null && listed.rows() > rows) {
            new ArchiveReader(store).verify(listed, read -> {});
            String newFile = nextName(table, listed);
            Manifest manifest = files.write(table, file, newFile, read -> {});
            requireRest(newFile, manifest, listed.rows() - rows);
            new ArchiveReader(store).verify(newFile, manifest, read -> {});
            archives.replace(file, newFile, manifest);
        } else if (listed != null) {
            archives.remove(table, file);
        }
        // Last: a list without its file would be a loss, a file without its list is found again.
        store.remove(file);
        store.remove(Manifest.fileOf(file));
    }

    private String nextName(DailyTable table, ArchivedFile listed) throws SQLException {
        List<ArchivedFile> parts = archives.of(table, listed.day());
        return Slice.prefix(table, listed.day()) + Archives.nextPart(parts) + ".csv.zst";
    }

    private static void requireRest(String file, Manifest manifest, long rest) throws IOException {
        if (manifest.rows() != rest) {
            throw new IOException(file + " should have " + rest + " rows and has " + manifest.rows());
        }
    }
}
