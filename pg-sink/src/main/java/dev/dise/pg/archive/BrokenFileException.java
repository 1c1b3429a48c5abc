package dev.dise.pg.archive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of the archive is not what was written. */
final class BrokenFileException extends IOException {
    BrokenFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    BrokenFileException(String message) {
        this(message, null);
    }
}
