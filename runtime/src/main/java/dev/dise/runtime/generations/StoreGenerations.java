package dev.dise.runtime.generations;

import dev.dise.runtime.WorkProgress;
import dev.dise.schemas.Store;
import java.time.Duration;
import java.util.List;

/**
 * The generations of one store. The store itself remembers which there are, so that whoever looks sees the same; two processes
 * may look at once, and of two that rebuild or switch at once one is refused.
 */
public interface StoreGenerations extends AutoCloseable {
    Store store();

    /** All there are, by number. */
    List<GenerationInfo> list();

    /**
     * Builds a new generation beside the live one, or goes on with one that was begun; verifies it, and then hands it to the
     * sink as a follower or, if the options say so, switches readers to it.
     *
     * @throws GapException if the topic has lost its beginning and the options do not accept that
     * @throws IllegalStateException if it cannot be done, or the new generation is not what the live one is
     */
    RebuildReport rebuild(RebuildOptions options, WorkProgress progress);

    /**
     * Lets readers see another generation, which must be complete. The one that they saw goes on following.
     *
     * @return how long readers and writers waited
     */
    Duration switchTo(int number);

    /** Lets readers see again what they saw before the last switch. */
    Duration rollback();

    /** Removes a generation that is not live, with all it holds. */
    void drop(int number);

    /**
     * An order-independent digest of what a generation holds: the same for equal contents, whatever way they were written.
     * Times and numbers that the generation itself gave to rows are no part of it.
     */
    String digest(int number);

    @Override
    void close();
}
