package dev.dise.ingest.logging;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exception as {@code details.exception}: class, message, causes, and its stack trace up to a length. */
final class ThrownText {
    static final int LONGEST_TRACE = 32_000;
    static final int LONGEST_MESSAGE = 4_000;
    private static final int MOST_CAUSES = 10;

    private ThrownText() {}

    static Map<String, Object> of(Throwable thrown, TextBudget budget) {
        Map<String, Object> exception = named(thrown, budget);
        List<Map<String, Object>> causes = new ArrayList<>();
        for (Throwable cause = thrown.getCause();
                cause != null && causes.size() < MOST_CAUSES;
                cause = cause.getCause()) {
            causes.add(named(cause, budget));
        }
        if (!causes.isEmpty()) {
            exception.put("causes", causes);
        }
        exception.put("stack_trace", budget.take(trace(thrown), LONGEST_TRACE));
        return exception;
    }

    private static Map<String, Object> named(Throwable thrown, TextBudget budget) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("class", thrown.getClass().getName());
        @Nullable String message = message(thrown);
        if (message != null) {
            named.put("message", budget.take(message, LONGEST_MESSAGE));
        }
        return named;
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException e) {
            // An exception whose message cannot be told is still one.
            return null;
        }
    }

    private static String trace(Throwable thrown) {
        Beginning beginning = new Beginning();
        try {
            thrown.printStackTrace(new PrintWriter(beginning));
        } catch (RuntimeException | StackOverflowError e) {
            // It tells of itself by code of the tool; what it has told by now is kept.
            beginning.write(" … and then " + e.getClass().getName());
        }
        return beginning.text.toString();
    }

    /** Keeps a little more than is wanted, so that it is seen to be cut, and lets the rest go by. */
    private static final class Beginning extends Writer {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(char[] chars, int offset, int length) {
            text.append(chars, offset, Math.max(0, Math.min(length, LONGEST_TRACE + 1_000 - text.length())));
        }

        @Override
        public void write(String chars) {
            write(chars.toCharArray(), 0, chars.length());
        }

        @Override
        public void flush() {
            // Nothing is behind it.
        }

        @Override
        public void close() {
            // Nothing is behind it.
        }
    }
}
