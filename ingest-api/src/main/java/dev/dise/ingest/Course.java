package dev.dise.ingest;

/** The way that events take from the outbox to Kafka. */
interface Course {
    /** Does what there is to do; false if that was nothing. On the sender's thread, which may wait in it for a moment. */
    boolean step();

    /** Makes room in memory if that is possible at once and needed soon. On the threads of callers. */
    void relieve();

    /**
     * Whether room for the event was made or found within a moment, where there was none. On the threads of callers.
     */
    boolean waitForRoom(Pending pending);

    /** Whether nothing is to be done at a certain time, so that the sender may sleep until it is woken. */
    boolean isQuiet();

    /** Begins again after a failure that nobody foresaw: what was under way is sent again. On the sender's thread. */
    void startAfresh(Throwable failure);

    /** Why an event is lost that finds no room now. */
    DropReason noRoom();

    /** What is on disk. */
    SpoolBooks spool();

    /** Ends; what it still holds is either safe elsewhere or left in the outbox. On the sender's thread. */
    void close();
}
