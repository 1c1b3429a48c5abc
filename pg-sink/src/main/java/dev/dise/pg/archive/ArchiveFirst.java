package dev.dise.pg.archive;

import dev.dise.pg.archive.Upkeep.What;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows leave once they are in a file that was read back. Until the transaction that removes them, killing this costs
 * nothing: the next time writes the same file again. After it, the rows are in the file and in the list of the archives.
 */
final class ArchiveFirst implements Departure {
    private final Session session;
    private final ArchiveWriter writer;
    private final ArchiveReader reader;
    private final Archives archives;
    private final Removal removal;

    ArchiveFirst(Session session, ArchiveWriter writer, ArchiveReader reader, Archives archives, Removal removal) {
        this.session = session;
        this.writer = writer;
        this.reader = reader;
        this.archives = archives;
        this.removal = removal;
    }

    @Override
    public Outcome of(Slice slice) throws SQLException, IOException {
        Contents contents = Contents.of(session, slice);
        if (contents.rows() == 0) {
            boolean gone =
                    removal.remove(slice, () -> Contents.of(session, slice).rows() == 0);
            return new Outcome(gone ? What.DROPPED : What.LEFT, slice.partition(), 0);
        }
        List<ArchivedFile> files = archives.of(slice.table(), slice.label());
        boolean restored = files.stream().anyMatch(file -> file.keptUntil() != null);
        if (restored && isGoneAgain(slice, files)) {
            return new Outcome(What.DROPPED, slice.partition(), contents.rows());
        }
        return archive(slice, Archives.nextPart(files));
    }

    /** What was restored is in files already, and is not written again, unless rows came in that are in none. */
    private boolean isGoneAgain(Slice slice, List<ArchivedFile> files) throws SQLException, IOException {
        RestoredRows restored = new RestoredRows(session, reader);
        restored.load(slice.table(), files, rows -> {});
        return removal.remove(slice, () -> restored.missingOf(slice) == 0);
    }

    private Outcome archive(Slice slice, int part) throws SQLException, IOException {
        ArchiveWriter.Written written = writer.write(slice, part);
        reader.verify(written.file(), reader.manifest(written.file()), rows -> {});
        boolean gone = removal.remove(slice, () -> {
            if (!Contents.of(session, slice).equals(written.contents())) {
                return false;
            }
            archives.add(written.file(), written.manifest());
            return true;
        });
        return new Outcome(
                gone ? What.ARCHIVED : What.LEFT,
                written.file(),
                written.contents().rows());
    }
}
