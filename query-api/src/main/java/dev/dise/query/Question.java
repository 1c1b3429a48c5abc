package dev.dise.query;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request, decoded.
 *
 * @param rest the path behind the route, still percent-encoded; empty where the route is the whole path
 * @param body what was sent along; an empty object where nothing was
 * @param by who asks: the name of the key, or {@code anonymous}
 */
public record Question(String rest, Parameters parameters, ObjectNode body, String by) {
    /** A question without a body, by nobody in particular. */
    Question(String rest, Parameters parameters) {
        this(rest, parameters, JsonNodeFactory.instance.objectNode(), Visitors.ANONYMOUS);
    }

    /** The whole rest as one name, decoded. */
    public String name() {
        String name = Parameters.decodeSegment(rest);
        if (name.isBlank()) {
            throw new RefusedException(Problem.notFound("the path ends before the name"));
        }
        return name;
    }

    /** The first segment of the rest, decoded. */
    public String firstSegment() {
        int slash = rest.indexOf('/');
        return Parameters.decodeSegment(slash < 0 ? rest : rest.substring(0, slash));
    }

    /** What is behind the first segment, as a question of its own. */
    public Question behindFirstSegment() {
        int slash = rest.indexOf('/');
        return new Question(slash < 0 ? "" : rest.substring(slash + 1), parameters, body, by);
    }
}
