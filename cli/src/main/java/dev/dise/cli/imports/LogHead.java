package dev.dise.cli.imports;

import dev.dise.schemas.LogLevel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands between the level of a line and its message. */
final class LogHead {
    private static final Pattern PROCESS = Pattern.compile("(\\d{1,10}) --- ");
    /** The bracket of ZooKeeper: {@code thread:Class@line}. */
    private static final Pattern THREAD_CLASS_LINE = Pattern.compile("(.*):([\\w$.]+)@(\\d{1,9})", Pattern.DOTALL);

    private static final Pattern DASH = Pattern.compile("\\s*- ");
    private static final Pattern LOGGER = Pattern.compile("\\s*([A-Za-z_$][\\w$.-]*+)\\s*(?:: | - )");

    private final Map<String, Object> details;
    private String rest;

    private LogHead(String rest, Map<String, Object> details) {
        this.rest = rest.stripLeading();
        this.details = new LinkedHashMap<>(details);
    }

    /** Splits logger and thread off where that can be done without guessing. */
    static LogLine split(LogLevel level, String rest, Map<String, Object> details) {
        LogHead head = new LogHead(rest, details);
        head.takeProcess();
        head.takeThread();
        return LogLine.of(level, head.rest.strip(), head.details);
    }

    private void takeProcess() {
        Matcher m = PROCESS.matcher(rest);
        if (m.lookingAt()) {
            details.put("pid", m.group(1));
            rest = rest.substring(m.end());
        }
    }

    private void takeThread() {
        int close = rest.startsWith("[") ? closing(rest) : -1;
        if (close < 0) {
            takeLogger(rest, details.containsKey("thread"));
            return;
        }
        String bracket = rest.substring(1, close);
        String behind = rest.substring(close + 1);
        Matcher dash = DASH.matcher(behind);
        if (dash.lookingAt()) {
            takeBracket(bracket);
            rest = behind.substring(dash.end());
        } else if (takeLogger(behind, true)) {
            details.put("thread", bracket.strip());
        }
    }

    private void takeBracket(String bracket) {
        Matcher m = THREAD_CLASS_LINE.matcher(bracket);
        if (m.matches()) {
            details.put("thread", m.group(1));
            details.put("logger", m.group(2));
            details.put("source_line", Integer.parseInt(m.group(3)));
        } else {
            details.put("thread", bracket.strip());
        }
    }

    private boolean takeLogger(String text, boolean isBehindThread) {
        Matcher m = LOGGER.matcher(text);
        if (!m.lookingAt() || !isLogger(m.group(1), isBehindThread)) {
            return false;
        }
        details.put("logger", m.group(1));
        rest = text.substring(m.end());
        return true;
    }

    /** Behind a thread any one word is a logger; elsewhere it has a dot, so that {@code Warning:} is not taken for one. */
    private static boolean isLogger(String word, boolean isBehindThread) {
        return (isBehindThread || word.indexOf('.') > 0)
                && !word.endsWith(".")
                && !word.endsWith("Exception")
                && !word.endsWith("Error");
    }

    /** Where the bracket closes that the text begins with; brackets within it are part of it. */
    private static int closing(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '[') {
                depth++;
            } else if (text.charAt(i) == ']' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
