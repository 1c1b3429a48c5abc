package dev.dise.ingest.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was written to a spool and not yet forced to the disk. Forcing takes milliseconds and holds up nobody else. */
public final class Unforced {
    private final List<Segment> segments;
    private final @Nullable Path folder;

    /**
     * @param folder where a file was made since the last time, or null
     */
    Unforced(List<Segment> segments, @Nullable Path folder) {
        this.segments = segments;
        this.folder = folder;
    }

    /** Whether there is nothing to force. */
    public boolean isEmpty() {
        return segments.isEmpty() && folder == null;
    }

    /**
     * Forces it: from here on a power cut does not lose it.
     *
     * @throws IOException if the disk has failed; nobody knows then what of it is there
     */
    public void force() throws IOException {
        for (Segment segment : segments) {
            segment.force();
        }
        if (folder != null) {
            try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
                open.force(true);
            }
        }
    }
}
