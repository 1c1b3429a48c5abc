package dev.dise.cli.imports;

import dev.dise.schemas.LogLevel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises time, level, logger and thread of a line in the usual layouts; what it does not recognise stays message. */
final class LogLineParser {
    private static final String LEVEL = "([A-Z]{3,11}|\\[[A-Za-z]{3,11}\\])";
    /** {@code ERROR rest}, {@code - [error] rest}, {@code | WARN: rest}. */
    private static final Pattern LEVEL_FIRST = Pattern.compile("[\\s|:-]*" + LEVEL + "(?![\\w.$])\\s*:?\\s*");
    /** {@code [main] ERROR rest}. */
    private static final Pattern THREAD_FIRST = Pattern.compile("\\s*\\[([^\\[\\]]+)\\]\\s+([A-Z]{3,11})\\s+");
    /** {@code - my.module - ERROR - rest}. */
    private static final Pattern PYTHON = Pattern.compile("\\s+-\\s+([^\\s]+)\\s+-\\s+([A-Z]{3,11})\\s+-\\s+");
    /** {@code ERROR:my.module:rest}. */
    private static final Pattern PYTHON_BASIC = Pattern.compile("([A-Z]{3,11}):([\\w.-]+):");
    /** {@code ERROR rest} or {@code [error] rest} where no time goes before. */
    private static final Pattern BARE = Pattern.compile("(?:([A-Z]{3,11})(?:\\s+-|:)?\\s|\\[([A-Za-z]{3,11})\\])\\s*");
    /** {@code host process[12]: rest}. */
    private static final Pattern SYSLOG = Pattern.compile(" (\\S+) ([^\\s:\\[]+)(?:\\[(\\d+)\\])?: ?");

    private final LogImportOptions options;

    LogLineParser(LogImportOptions options) {
        this.options = options;
    }

    LogLine parse(String text) {
        return JsonLogLine.parse(text, options.zone()).orElseGet(() -> parseText(text));
    }

    private LogLine parseText(String text) {
        return LogTime.parse(text, options)
                .map(time -> afterTime(text.substring(time.end()), time))
                .orElseGet(() -> untimed(text));
    }

    private static LogLine afterTime(String rest, LogTime time) {
        Optional<LogLine> line = time.isSyslog()
                ? syslog(rest)
                : python(rest).or(() -> threadFirst(rest)).or(() -> levelFirst(rest));
        return line.orElseGet(() -> LogLine.plain(rest.strip())).at(time.time());
    }

    private static Optional<LogLine> levelFirst(String rest) {
        Matcher m = LEVEL_FIRST.matcher(rest);
        return m.lookingAt()
                ? level(m.group(1)).map(level -> LogHead.split(level, rest.substring(m.end()), Map.of()))
                : Optional.empty();
    }

    private static Optional<LogLine> threadFirst(String rest) {
        Matcher m = THREAD_FIRST.matcher(rest);
        return m.lookingAt()
                ? level(m.group(2))
                        .map(level -> LogHead.split(level, rest.substring(m.end()), Map.of("thread", m.group(1))))
                : Optional.empty();
    }

    private static Optional<LogLine> python(String rest) {
        Matcher m = PYTHON.matcher(rest);
        return m.lookingAt()
                ? level(m.group(2))
                        .map(level -> LogLine.of(level, rest.substring(m.end()), Map.of("logger", m.group(1))))
                : Optional.empty();
    }

    private static Optional<LogLine> syslog(String rest) {
        Matcher m = SYSLOG.matcher(rest);
        if (!m.lookingAt()) {
            return Optional.empty();
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("host", m.group(1));
        details.put("process", m.group(2));
        if (m.group(3) != null) {
            details.put("pid", m.group(3));
        }
        LogLine said = untimed(rest.substring(m.end()));
        details.putAll(said.details());
        return Optional.of(LogLine.of(said.level(), said.message(), details));
    }

    private static LogLine untimed(String text) {
        return pythonBasic(text).or(() -> bare(text)).orElseGet(() -> LogLine.plain(text));
    }

    private static Optional<LogLine> pythonBasic(String text) {
        Matcher m = PYTHON_BASIC.matcher(text);
        return m.lookingAt()
                ? level(m.group(1))
                        .map(level -> LogLine.of(level, text.substring(m.end()), Map.of("logger", m.group(2))))
                : Optional.empty();
    }

    private static Optional<LogLine> bare(String text) {
        Matcher m = BARE.matcher(text);
        return m.lookingAt()
                ? level(m.group(1) == null ? m.group(2) : m.group(1))
                        .map(level -> LogHead.split(level, text.substring(m.end()), Map.of()))
                : Optional.empty();
    }

    private static Optional<LogLevel> level(String word) {
        return LogLevel.parse(word.startsWith("[") ? word.substring(1, word.length() - 1) : word);
    }
}
