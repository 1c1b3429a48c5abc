package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * The points of one collection in a Lucene index on disk.
 *
 * <p>Any thread may call. A change is whole: it is on the disk and visible when {@link #write} returns, and after a crash
 * it is there completely or not at all.
 */
final class PointIndex implements AutoCloseable {

    private static final String OPERATION = "operation";

    static {
        // Lucene refuses queries of more than 1,024 parts to catch mistakes; Qdrant's filters have no limit.
        IndexSearcher.setMaxClauseCount(1 << 20);
    }

    private final VectorSchema schema;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final ReentrantLock writing = new ReentrantLock();
    private long lastOperation;

    private PointIndex(VectorSchema schema, Directory directory, IndexWriter writer) throws IOException {
        this.schema = schema;
        this.directory = directory;
        this.writer = writer;
        this.searchers = new SearcherManager(writer, new SearcherFactory());
        this.lastOperation = readOperation(writer);
    }

    static PointIndex open(Path folder, VectorSchema schema) throws IOException {
        Directory directory = FSDirectory.open(folder);
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        // One core merges, the others stay free for the rest of the stack.
        merges.setMaxMergesAndThreads(4, 1);
        IndexWriterConfig config = new IndexWriterConfig()
                .setCodec(new WideVectorCodec())
                .setMergeScheduler(merges)
                // Segments may be merged after the answer; the change is on the disk without.
                .setMaxFullFlushMergeWaitMillis(0)
                .setCommitOnClose(false);
        IndexWriter writer = new IndexWriter(directory, config);
        return new PointIndex(schema, directory, writer);
    }

    /** A reading of one state of the collection. */
    @FunctionalInterface
    interface Reading<T> {
        T of(PointSnapshot snapshot) throws IOException;
    }

    <T> T read(Reading<T> reading) throws IOException {
        seeMerges();
        IndexSearcher searcher = searchers.acquire();
        try {
            return reading.of(new PointSnapshot(searcher, schema));
        } finally {
            searchers.release(searcher);
        }
    }

    /** Sees the larger segments that merging has made since the last change, unless a change is under way. */
    private void seeMerges() throws IOException {
        if (!writing.tryLock()) {
            return;
        }
        try {
            searchers.maybeRefresh();
        } finally {
            writing.unlock();
        }
    }

    /**
     * What came of a change.
     *
     * @param operation its number, which is one above that of the change before
     * @param missing a point that it named and that does not exist
     */
    record Applied(long operation, Optional<PointId> missing) {}

    Applied write(Change change) throws IOException {
        writing.lock();
        try {
            long operation = lastOperation + 1;
            Optional<PointId> missing = read(snapshot -> {
                PointWriter points = new PointWriter(snapshot, operation);
                change.apply(points);
                points.flush(writer);
                return points.missing();
            });
            writer.setLiveCommitData(Map.of(OPERATION, Long.toString(operation)).entrySet());
            writer.commit();
            searchers.maybeRefreshBlocking();
            lastOperation = operation;
            return new Applied(operation, missing);
        } finally {
            writing.unlock();
        }
    }

    /** Every change is on the disk already, so what still runs (merging) may be given up. */
    @Override
    public void close() throws IOException {
        searchers.close();
        writer.rollback();
        directory.close();
    }

    private static long readOperation(IndexWriter writer) {
        var data = writer.getLiveCommitData();
        if (data == null) {
            return 0;
        }
        for (Map.Entry<String, String> entry : data) {
            if (entry.getKey().equals(OPERATION)) {
                return Long.parseLong(entry.getValue());
            }
        }
        return 0;
    }
}
