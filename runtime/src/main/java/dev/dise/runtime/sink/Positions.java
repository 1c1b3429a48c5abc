package dev.dise.runtime.sink;

import java.util.Map;
import java.util.Set;

/** Knows where reading goes on in a partition that this worker has just been given. */
@FunctionalInterface
public interface Positions {
    /**
     * The next offset to read, for each partition that was read before; a partition that is not in the answer is read
     * from its beginning.
     *
     * @throws StoreUnavailableException if the place cannot be read now
     */
    Map<Partition, Long> of(Set<Partition> partitions) throws StoreUnavailableException;
}
