package dev.dise.operations.backup;

import dev.dise.operations.backup.BackupFile.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The files that points go to: one at a time, and the next when it is large. */
final class PointFiles implements AutoCloseable {
    private final BackupFolder folder;
    private final String collection;
    private final long most;
    private @Nullable PackedFile file;
    private @Nullable FrameWriter frames;
    private int parts;
    private long points;

    /**
     * @param most bytes of a file before packing, about
     */
    PointFiles(BackupFolder folder, String collection, long most) {
        this.folder = folder;
        this.collection = collection;
        this.most = most;
    }

    /** Returns how many points there are now. */
    long write(byte[] point) throws IOException {
        FrameWriter writer = frames;
        if (writer == null || file == null || file.rawBytes() >= most) {
            finish();
            parts++;
            file = folder.begin(Kind.POINTS, collection + "." + String.format("%05d", parts), collection, 0);
            writer = new FrameWriter(file);
            frames = writer;
        }
        writer.write(point, point.length);
        return ++points;
    }

    /** Ends the file. */
    void finish() throws IOException {
        if (file != null && frames != null) {
            file.finish(frames.frames());
            file = null;
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
