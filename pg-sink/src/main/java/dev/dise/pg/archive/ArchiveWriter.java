package dev.dise.pg.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Writes the rows of a slice to a file, row by row, and then its manifest. */
final class ArchiveWriter {
    /** When the tables were made: it moves with them wherever a dump or a copy of the server takes them. */
    private static final String ORIGIN = "SELECT min(installed_on)::text FROM flyway_schema_history";

    private final Session session;
    private final ArchiveStore store;
    private final Setting setting;

    ArchiveWriter(Session session, ArchiveStore store, Setting setting) {
        this.session = session;
        this.store = store;
        this.setting = setting;
    }

    /**
     * What was written.
     *
     * @param contents of the slice at the moment that the file shows
     */
    record Written(String file, Manifest manifest, Contents contents) {}

    /** Writes a file, in the place of one that a pass before could not finish. */
    Written write(Slice slice, int part) throws SQLException, IOException {
        String file = slice.file(part);
        String origin = setting.generation().schema() + " of " + session.one(ORIGIN, row -> row.getString(1));
        refuseOthers(file, origin);
        List<String> columns = Columns.of(session, slice.partition());
        Measure measure = new Measure();
        Contents contents;
        try (Draft draft = store.create(file)) {
            contents = copy(slice, columns, new MeasuredOutput(draft, measure));
            draft.commit();
        }
        Manifest manifest = manifest(slice, origin, contents, measure, columns);
        try (Draft draft = store.create(Manifest.fileOf(file))) {
            draft.write(manifest.encode());
            draft.commit();
        }
        return new Written(file, manifest, contents);
    }

    /** Rows of other tables may lie under this name, where a database was made anew and its archive was not. */
    private void refuseOthers(String file, String origin) throws IOException {
        try (InputStream in = store.get(Manifest.fileOf(file))) {
            String theirs = Manifest.decode(file, in.readAllBytes()).origin();
            if (!theirs.equals(origin)) {
                throw new IOException(file + " has rows of " + theirs + ", and is not written over with rows of "
                        + origin + ": name another database.archive.target");
            }
        } catch (NoSuchFileException e) {
            // As it should be.
            return;
        }
    }

    private Contents copy(Slice slice, List<String> columns, OutputStream out) throws SQLException, IOException {
        String sql = "COPY (SELECT " + Columns.sql(columns) + " FROM " + slice.rows() + " ORDER BY event_time, "
                + slice.table().key() + ") TO STDOUT (FORMAT csv, HEADER)";
        return session.<Contents, IOException>snapshot(() -> {
            try (OutputStream packed = new ZstdOutputStreamNoFinalizer(out)) {
                session.copyOut(sql, packed);
            }
            return Contents.of(session, slice);
        });
    }

    private Manifest manifest(Slice slice, String origin, Contents contents, Measure measure, List<String> columns)
            throws IOException {
        Instant first = contents.firstTime();
        Instant last = contents.lastTime();
        if (first == null || last == null) {
            throw new IOException("the rows of " + slice.partition() + " were removed while they were read");
        }
        return new Manifest(
                slice.table().tableName(),
                slice.label(),
                setting.generation().number(),
                origin,
                contents.rows(),
                first,
                last,
                measure.bytes(),
                measure.sha256(),
                columns,
                Manifest.FORMAT,
                setting.clock().instant());
    }
}
