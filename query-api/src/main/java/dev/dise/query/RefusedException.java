package dev.dise.query;

/** A question that has no answer as it was asked; asking again changes nothing. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public RefusedException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** A value that is not allowed; the rule is the end of a sentence that begins with the field. */
    public static RefusedException badValue(String field, String rule) {
        return new RefusedException(Problem.badValue(field, rule));
    }

    /** What the answer says. */
    public Problem problem() {
        return problem;
    }
}
