package dev.dise.cli.demo;

/**
 * What is to become of the events of one type.
 *
 * @param emitted events
 * @param rows that PostgreSQL is to have: versions of one entity are one row, a deleted one is none
 * @param points that Qdrant is to have
 * @param deadLetters that are to be refused behind the edge
 */
record Expected(long emitted, long rows, long points, long deadLetters) {
    static final Expected NOTHING = new Expected(0, 0, 0, 0);

    Expected plus(Expected other) {
        return new Expected(
                emitted + other.emitted, rows + other.rows, points + other.points, deadLetters + other.deadLetters);
    }
}
