package dev.dise.runtime.sink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that takes records of its topic again, into what readers see, by the code of its sink. It moves no place of reading,
 * and writing what is there changes nothing. Used by one thread.
 */
public interface StoreReplay extends AutoCloseable {
    /**
     * The name of the topic whose records it takes.
     *
     * @throws IllegalStateException if the store is asked for it and does not answer
     */
    String topic();

    /** The tool that a record's content names; null if none, or it cannot be read. */
    @Nullable
    String toolOf(SourceRecord record);

    /**
     * Writes the records and returns once the store has acknowledged them.
     *
     * @param refusals takes what cannot be decoded and what the store will never accept
     * @throws StoreUnavailableException if the same may succeed later
     */
    Written write(List<SourceRecord> records, Refusals refusals) throws StoreUnavailableException;

    @Override
    void close();

    /**
     * What became of some records.
     *
     * @param written those that changed something; with those that were there, where the store does not tell
     * @param there those that were there already, or are older than what is; -1 where the store does not tell
     */
    record Written(long written, long there, long refused) {
        /** Of no record. */
        public static final Written NOTHING = new Written(0, 0, 0);

        /** Both together. */
        public Written plus(Written more) {
            boolean known = there >= 0 && more.there >= 0;
            return new Written(written + more.written, known ? there + more.there : -1, refused + more.refused);
        }
    }
}
