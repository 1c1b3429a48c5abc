package dev.dise.query;

/** A question that has no answer as it was asked; asking again changes nothing. */
final class RefusedException extends RuntimeException {
    private final transient Problem problem;

    RefusedException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    static RefusedException badValue(String field, String rule) {
        return new RefusedException(Problem.badValue(field, rule));
    }

    Problem problem() {
        return problem;
    }
}
