package dev.dise.embedded.qdrant;

import java.io.IOException;

/** What one request does to a collection. */
@FunctionalInterface
interface Change {

    /** Changes no point, but counts as an operation. */
    Change NONE = points -> {};

    void apply(PointWriter points) throws IOException;
}
