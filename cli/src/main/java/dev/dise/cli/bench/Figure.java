package dev.dise.cli.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param goal what it should reach; null if there is no goal
 * @param met whether it does; null if there is no goal
 */
@JsonInclude(Include.ALWAYS)
public record Figure(
        String name,
        double value,
        String unit,
        @Nullable Double goal,
        @Nullable Boolean met) {
    private static final String ROWS_PER_SECOND = "rows/s";
    private static final String RATIO = "ratio";

    /** Rows a second; there is no goal, since it says more of the machine than of the program. */
    public static Figure rate(String name, double rowsPerSecond) {
        return rate(name, rowsPerSecond, ROWS_PER_SECOND);
    }

    /** Things a second; there is no goal, since it says more of the machine than of the program. */
    public static Figure rate(String name, double perSecond, String unit) {
        return new Figure(name, Math.round(perSecond), unit, null, null);
    }

    /** A ratio that has no goal of its own: it is there to be compared with. */
    public static Figure ratio(String name, double value) {
        return new Figure(name, rounded(value), RATIO, null, null);
    }

    /** A ratio that should be this or more. */
    public static Figure ratioOfAtLeast(double goal, String name, double value) {
        return new Figure(name, rounded(value), RATIO, goal, value >= goal);
    }

    /** A ratio that should be this or less. */
    public static Figure ratioOfAtMost(double goal, String name, double value) {
        return new Figure(name, rounded(value), RATIO, goal, value <= goal);
    }

    /** A count that should be this or less. */
    public static Figure countOfAtMost(double goal, String name, long value, String unit) {
        return new Figure(name, value, unit, goal, value <= goal);
    }

    /** The value with as many digits as it deserves. */
    @JsonIgnore
    public String text() {
        return unit.equals(RATIO) ? String.format("%.2f", value) : String.format("%,.0f", value);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
