package dev.dise.cli.imports;

import java.util.regex.Pattern;

/** Tells which lines belong to the record before them: those of stack traces, and indented ones. */
final class Continuation {
    private static final Pattern TRACE = Pattern.compile(
            "\\s.*"
                    + "|at [\\w.$/<>]+\\(.*"
                    + "|(?:Caused by|Suppressed): .*"
                    + "|\\.\\.\\. \\d+ (?:more|common frames omitted).*"
                    + "|Traceback \\(most recent call last\\):.*"
                    + "|During handling of the above exception, another exception occurred:.*"
                    + "|The above exception was the direct cause of the following exception:.*",
            Pattern.DOTALL);

    /** A Java exception by its full name. */
    private static final Pattern EXCEPTION = Pattern.compile("[a-z_][\\w$]*+\\.[\\w$.]*+(?:[:\\s].*)?", Pattern.DOTALL);
    /** How a Python trace ends: the name of the exception, and what it says. */
    private static final Pattern PYTHON_EXCEPTION = Pattern.compile("[A-Za-z_][\\w.]*+(?::.*)?", Pattern.DOTALL);

    private boolean inTraceback;

    /** A new record begins with this text. */
    void begin(String text) {
        inTraceback = text.startsWith("Traceback (most recent call last)");
    }

    /** Whether a line without time and level belongs to the record that was begun. */
    boolean continues(String text) {
        if (TRACE.matcher(text).matches()) {
            inTraceback |= text.startsWith("Traceback (most recent call last)");
            return true;
        }
        if (inTraceback && PYTHON_EXCEPTION.matcher(text).matches()) {
            inTraceback = false;
            return true;
        }
        return isException(text);
    }

    private static boolean isException(String text) {
        if (!EXCEPTION.matcher(text).matches()) {
            return false;
        }
        String name = text.split("[:\\s]", 2)[0];
        return name.endsWith("Exception") || name.endsWith("Error") || name.endsWith("Throwable");
    }
}
