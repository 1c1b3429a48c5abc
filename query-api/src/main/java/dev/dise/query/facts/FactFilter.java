package dev.dise.query.facts;

import dev.dise.query.Parameters;
import dev.dise.query.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * Which facts an artifact's tool must have for the artifact to be a hit.
 *
 * @param limits all of them
 * @param keepsUnknown whether it is one where nothing was ever measured
 */
record FactFilter(List<Limit> limits, boolean keepsUnknown) {
    /** What it can be asked for. */
    static final List<String> NAMES =
            List.of("max_open_critical_bugs", "max_failures", "max_p95_latency_ms", "min_success_rate", "unknown");

    private static final String UNKNOWN = "unknown";
    private static final int MOST_COUNT = 1_000_000_000;

    /**
     * A bound of one figure.
     *
     * @param isCount whether none that is known is none: what nobody has reported has not been
     */
    record Limit(String figure, double bound, boolean isMost, boolean isCount) {
        boolean allows(double value) {
            return isMost ? value <= bound : value >= bound;
        }
    }

    static FactFilter of(Parameters parameters) {
        List<Limit> limits = new ArrayList<>();
        for (String name : List.of("max_open_critical_bugs", "max_failures")) {
            if (parameters.has(name)) {
                int most = parameters.number(name, 0, 0, MOST_COUNT);
                limits.add(new Limit(name.substring("max_".length()), most, true, true));
            }
        }
        if (parameters.has("max_p95_latency_ms")) {
            limits.add(new Limit("p95_latency_ms", millis(parameters), true, false));
        }
        if (parameters.has("min_success_rate")) {
            limits.add(new Limit("success_rate", parameters.share("min_success_rate", 0), false, false));
        }
        return new FactFilter(limits, keepsUnknown(parameters));
    }

    boolean isEmpty() {
        return limits.isEmpty();
    }

    /**
     * Whether an artifact is a hit.
     *
     * @param facts those of its tool; an empty object if it has none
     */
    boolean passes(JsonNode facts) {
        return limits.stream().allMatch(limit -> {
            JsonNode figure = facts.path(limit.figure());
            OptionalDouble value = figure.isNumber()
                    ? OptionalDouble.of(figure.doubleValue())
                    : limit.isCount() ? OptionalDouble.of(0) : OptionalDouble.empty();
            return value.isPresent() ? limit.allows(value.getAsDouble()) : keepsUnknown;
        });
    }

    private static boolean keepsUnknown(Parameters parameters) {
        return switch (parameters.one(UNKNOWN).orElse("drop")) {
            case "keep" -> true;
            case "drop" -> false;
            default -> throw RefusedException.badValue(UNKNOWN, "must be keep or drop");
        };
    }

    private static double millis(Parameters parameters) {
        String name = "max_p95_latency_ms";
        RefusedException refused = RefusedException.badValue(name, "must be a number of milliseconds, 0 or more");
        try {
            double millis = parameters.one(name).map(Double::parseDouble).orElse(0.0);
            if (millis >= 0 && Double.isFinite(millis)) {
                return millis;
            }
        } catch (NumberFormatException e) {
            refused.initCause(e);
        }
        throw refused;
    }
}
