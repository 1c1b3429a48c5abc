package dev.dise.query;

/**
 * A request, decoded.
 *
 * @param rest the path behind the route, still percent-encoded; empty where the route is the whole path
 */
record Question(String rest, Parameters parameters) {
    /** The whole rest as one name, decoded. */
    String name() {
        String name = Parameters.decodeSegment(rest);
        if (name.isBlank()) {
            throw new RefusedException(Problem.notFound("the path ends before the name"));
        }
        return name;
    }

    /** The first segment of the rest, decoded. */
    String firstSegment() {
        int slash = rest.indexOf('/');
        return Parameters.decodeSegment(slash < 0 ? rest : rest.substring(0, slash));
    }

    /** What is behind the first segment, as a question of its own. */
    Question behindFirstSegment() {
        int slash = rest.indexOf('/');
        return new Question(slash < 0 ? "" : rest.substring(slash + 1), parameters);
    }
}
