package dev.dise.query.export;

import dev.dise.query.export.Watch.Watched;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Rows on their way from a snapshot to whoever wants them: fetched when those before are written. */
final class Export {
    private final Snapshot rows;
    private final Format format;
    private final Watched watched;
    private List<ObjectNode> fetched = List.of();

    Export(Snapshot rows, Format format, Watched watched) {
        this.rows = rows;
        this.format = format;
        this.watched = watched;
    }

    Format format() {
        return format;
    }

    /** Gets the next rows; before anything is written too, so that what is wrong can still be told. */
    void fetch() throws StoreUnavailableException {
        fetched = rows.next();
        watched.moves();
    }

    /** Writes all rows from those that were fetched on. */
    void writeTo(OutputStream out) throws IOException, StoreUnavailableException {
        out.write(format.begin(rows.columns()));
        while (!fetched.isEmpty()) {
            for (ObjectNode row : fetched) {
                out.write(format.row(row));
                watched.moves();
            }
            fetch();
        }
    }
}
