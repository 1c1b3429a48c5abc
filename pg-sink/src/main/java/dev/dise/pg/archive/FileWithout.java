package dev.dise.pg.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.dise.runtime.sink.ForgottenSubject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads an archived file, and writes it again without the rows of a forgotten subject. */
final class FileWithout {
    private final ArchiveStore store;
    private final ForgottenSubject subject;
    private final Clock clock;

    FileWithout(ArchiveStore store, ForgottenSubject subject, Clock clock) {
        this.store = store;
        this.subject = subject;
        this.clock = clock;
    }

    /** Of the rows that stay: how many, and the first and the last time. */
    private static final class Kept {
        private long rows;
        private long left;
        private @Nullable Instant first;
        private @Nullable Instant last;

        void note(@Nullable Instant time) {
            rows++;
            if (time != null) {
                first = first == null || time.isBefore(first) ? time : first;
                last = last == null || time.isAfter(last) ? time : last;
            }
        }
    }

    /** How many rows of the subject a file has. */
    long count(DailyTable table, String file, LongConsumer watcher) throws IOException {
        return copy(table, file, OutputStream.nullOutputStream(), watcher).left;
    }

    /** Writes the rows that stay to another file, with its manifest. */
    Manifest write(DailyTable table, String file, String newFile, LongConsumer watcher) throws IOException {
        Manifest before = new ArchiveReader(store).manifest(file);
        Measure measure = new Measure();
        Kept kept;
        try (Draft draft = store.create(newFile)) {
            try (OutputStream packed = new ZstdOutputStreamNoFinalizer(new MeasuredOutput(draft, measure))) {
                kept = copy(table, file, packed, watcher);
            }
            draft.commit();
        }
        Manifest manifest = new Manifest(
                before.table(),
                before.day(),
                before.generation(),
                before.origin(),
                kept.rows,
                kept.first == null ? before.firstTime() : kept.first,
                kept.last == null ? before.lastTime() : kept.last,
                measure.bytes(),
                measure.sha256(),
                before.columns(),
                before.format(),
                clock.instant());
        try (Draft draft = store.create(Manifest.fileOf(newFile))) {
            draft.write(manifest.encode());
            draft.commit();
        }
        return manifest;
    }

    private Kept copy(DailyTable table, String file, OutputStream out, LongConsumer watcher) throws IOException {
        Kept kept = new Kept();
        try (CsvRecords records = new CsvRecords(new ArchiveReader(store).rows(file, watcher))) {
            byte[] header = records.next();
            out.write(header);
            ForgottenInFile forgotten = new ForgottenInFile(table, subject, CsvRecords.fields(header));
            for (byte[] record = records.next(); record.length > 0; record = records.next()) {
                List<@Nullable String> row = CsvRecords.fields(record);
                if (forgotten.covers(row)) {
                    kept.left++;
                } else {
                    out.write(record);
                    kept.note(forgotten.time(row, "event_time"));
                }
            }
        }
        return kept;
    }
}
