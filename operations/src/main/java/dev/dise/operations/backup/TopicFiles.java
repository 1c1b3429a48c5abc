package dev.dise.operations.backup;

import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.runtime.sink.SourceRecord;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files that the records of a topic go to: for each partition one at a time, and the next when it is large. */
final class TopicFiles implements AutoCloseable {
    private final BackupFolder folder;
    private final String topic;
    private final long most;
    private final RecordFrame frame = new RecordFrame();
    private final Map<Integer, Part> open = new TreeMap<>();
    private final Map<Integer, Integer> parts = new TreeMap<>();
    private final Map<Integer, Long> records = new TreeMap<>();

    private record Part(PackedFile file, FrameWriter frames) {}

    /**
     * @param most bytes of a file before packing, about
     */
    TopicFiles(BackupFolder folder, String topic, long most) {
        this.folder = folder;
        this.topic = topic;
        this.most = most;
    }

    void write(SourceRecord record) throws IOException {
        int partition = record.partition().number();
        Part part = open.get(partition);
        if (part == null || part.file().rawBytes() >= most) {
            finish(part);
            part = begin(partition);
            open.put(partition, part);
        }
        frame.write(record, part.frames());
        records.merge(partition, 1L, Long::sum);
    }

    /** Records of the partition that were written. */
    long records(int partition) {
        return records.getOrDefault(partition, 0L);
    }

    /** Ends all files. */
    void finish() throws IOException {
        for (Part part : open.values()) {
            finish(part);
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        for (Part part : open.values()) {
            part.file().close();
        }
    }

    private Part begin(int partition) throws IOException {
        int number = parts.merge(partition, 1, Integer::sum);
        String name = topic + "-" + partition + "." + String.format("%05d", number);
        PackedFile file = folder.begin(Kind.RECORDS, name, topic, partition);
        return new Part(file, new FrameWriter(file));
    }

    private static void finish(@Nullable Part part) throws IOException {
        if (part != null) {
            part.file().finish(part.frames().frames());
        }
    }
}
