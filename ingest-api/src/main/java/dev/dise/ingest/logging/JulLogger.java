package dev.dise.ingest.logging;

import java.util.ResourceBundle;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logs through {@code java.util.logging}, as the JDK does where nobody else has taken over. Thread-safe. */
final class JulLogger implements System.Logger {
    private final Logger logger;

    JulLogger(String name) {
        this.logger = Logger.getLogger(name);
    }

    @Override
    public String getName() {
        return String.valueOf(logger.getName());
    }

    @Override
    public boolean isLoggable(Level level) {
        return logger.isLoggable(levelOf(level));
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        LogRecord entry = entry(level, bundle, message);
        entry.setThrown(thrown);
        logger.log(entry);
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... params) {
        LogRecord entry = entry(level, bundle, format);
        entry.setParameters(params);
        logger.log(entry);
    }

    private LogRecord entry(Level level, @Nullable ResourceBundle bundle, @Nullable String message) {
        LogRecord entry = new LogRecord(levelOf(level), message);
        entry.setLoggerName(logger.getName());
        entry.setResourceBundle(bundle);
        // Else it would look for its caller on the stack, and find this bridge.
        entry.setSourceClassName(null);
        return entry;
    }

    /** As the JDK maps them. */
    private static java.util.logging.Level levelOf(Level level) {
        return switch (level) {
            case ALL -> java.util.logging.Level.ALL;
            case TRACE -> java.util.logging.Level.FINER;
            case DEBUG -> java.util.logging.Level.FINE;
            case INFO -> java.util.logging.Level.INFO;
            case WARNING -> java.util.logging.Level.WARNING;
            case ERROR -> java.util.logging.Level.SEVERE;
            case OFF -> java.util.logging.Level.OFF;
        };
    }
}
