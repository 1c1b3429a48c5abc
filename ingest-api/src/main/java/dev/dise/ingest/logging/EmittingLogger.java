package dev.dise.ingest.logging;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.schemas.LogLevel;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link System.Logger} that emits each record that another one logs, and passes it on to that. The tool that an event is of
 * is the one given here, else the last part of the logger's name. Never blocks, and throws nothing of its own. Thread-safe.
 */
public final class EmittingLogger implements System.Logger {
    private final System.Logger delegate;
    private final LogOutlet outlet;

    /**
     * Emits and passes on.
     *
     * @param delegate says what is logged at all, and logs it
     * @param toolId null for the last part of the logger's name
     */
    public EmittingLogger(System.Logger delegate, ArtifactEmitter emitter, @Nullable String toolId) {
        this(delegate, () -> emitter, toolId);
    }

    EmittingLogger(System.Logger delegate, Supplier<@Nullable ArtifactEmitter> emitter, @Nullable String toolId) {
        this.delegate = delegate;
        this.outlet = new LogOutlet(emitter, toolId);
    }

    @Override
    public String getName() {
        return delegate.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return delegate.isLoggable(level);
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        emit(level, () -> localized(bundle, message), thrown);
        delegate.log(level, bundle, message, thrown);
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... params) {
        emit(level, () -> formatted(localized(bundle, format), params), null);
        delegate.log(level, bundle, format, params);
    }

    private void emit(Level level, Supplier<@Nullable String> message, @Nullable Throwable thrown) {
        String name = getName();
        String thread = Thread.currentThread().getName();
        if (level != Level.OFF && isLoggable(level)) {
            Supplier<LogLine> line = () -> new LogLine(
                    name, thread, levelOf(level), message.get(), Instant.now(), Map.of(), Map.of(), List.of(), thrown);
            outlet.emit(name, thread, line);
        }
    }

    private static LogLevel levelOf(Level level) {
        return switch (level) {
            case ALL, TRACE, DEBUG -> LogLevel.DEBUG;
            case INFO -> LogLevel.INFO;
            case WARNING -> LogLevel.WARNING;
            case ERROR, OFF -> LogLevel.ERROR;
        };
    }

    private static @Nullable String localized(@Nullable ResourceBundle bundle, @Nullable String message) {
        try {
            return bundle == null || message == null ? message : bundle.getString(message);
        } catch (MissingResourceException | ClassCastException e) {
            // As every logger of the JDK does: a key without a text is the text.
            return message;
        }
    }

    private static @Nullable String formatted(@Nullable String format, @Nullable Object @Nullable [] params) {
        if (format == null || params == null || params.length == 0) {
            return format;
        }
        try {
            return MessageFormat.format(format, params);
        } catch (IllegalArgumentException e) {
            // No pattern; the text is what it is.
            return format;
        }
    }
}
