package dev.dise.bench.rebuild;

import java.time.Duration;

/**
 * How long is looked at what has no end of its own, and how often what is done again.
 *
 * @param calm how long live latency is watched without a rebuild
 * @param beforeSwitch how long commits are watched before each switch
 * @param eventsPerSecond that come in meanwhile
 * @param copies bare copies to be the limit
 * @param rounds switches back and forth
 * @param checksAtOnce commands that compare the stores; one, where their time is a figure
 */
record Pace(Duration calm, Duration beforeSwitch, int eventsPerSecond, int copies, int rounds, int checksAtOnce) {
    private static final int FEW_ROWS = 100_000;
    private static final Pace USUAL = new Pace(Duration.ofSeconds(20), Duration.ofSeconds(3), 2_000, 2, 2, 1);
    /** Enough to see that all of it works, and to tell a pause of seconds from one of milliseconds. */
    private static final Pace SHORT = new Pace(Duration.ofSeconds(2), Duration.ofMillis(500), 500, 1, 1, 2);

    static Pace of(int rows) {
        return rows < FEW_ROWS ? SHORT : USUAL;
    }

    /** What starts with the traffic is not calm yet. */
    Duration beforeCalm() {
        return calm.dividedBy(4);
    }

    /** Until whoever watches has seen what came of a switch. */
    Duration afterSwitch() {
        return beforeSwitch.dividedBy(3);
    }
}
