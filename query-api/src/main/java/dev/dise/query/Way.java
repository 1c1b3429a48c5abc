package dev.dise.query;

import java.util.List;
import java.util.Locale;

/** A direction in which a family is walked. */
public enum Way {
    PARENTS("child_tool_id", "parent_tool_id"),
    CHILDREN("parent_tool_id", "child_tool_id");

    /** The parameter that asks for it. */
    public static final String PARAMETER = "direction";

    private static final String BOTH = "both";

    private final String from;
    private final String next;

    Way(String from, String next) {
        this.from = from;
        this.next = next;
    }

    /**
     * What is asked for; both if nothing is said.
     *
     * @throws RefusedException if it is no direction
     */
    public static List<Way> asked(Parameters parameters) {
        String word = parameters.one(PARAMETER).orElse(BOTH);
        if (word.equals(BOTH)) {
            return List.of(values());
        }
        for (Way way : values()) {
            if (way.word().equals(word)) {
                return List.of(way);
            }
        }
        throw RefusedException.badValue(PARAMETER, "must be one of both, parents, children");
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The column that has the tool where a step begins. */
    String from() {
        return from;
    }

    /** The column that has the tool where it leads. */
    String next() {
        return next;
    }
}
