package dev.dise.query;

/** An answer that had begun when it failed; the web server then cuts the connection. */
final class CutOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CutOffException(Problem problem) {
        super("the answer was cut off: " + problem.detail());
    }
}
