package dev.dise.pg.compare;

/** How much of the topic is behind what the scratch tables hold. */
enum Extent {
    /** All there ever was: the tables must be the same. */
    ALL,
    /** The topic has lost its beginning: nothing can be said of rows from before it. */
    WITHOUT_BEGINNING,
    /** Only what came since some time was read. */
    SINCE;

    /** Whether entities have a history that was not read. */
    boolean isPartial() {
        return this != ALL;
    }
}
