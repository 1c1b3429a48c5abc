package dev.dise.pg;

/**
 * One incarnation of the store.
 *
 * @param number counted from 1
 */
public record Generation(int number) {
    /** The schema that its tables live in: {@code dise_g1}. */
    public String schema() {
        return "dise_g" + number;
    }

    /** The consumer group that fills it: {@code pg-sink-g1}. */
    public String group() {
        return "pg-sink-g" + number;
    }
}
