package dev.dise.cli;

import dev.dise.query.client.QueryFailedException;
import dev.dise.runtime.config.ConfigException;
import dev.dise.schemas.InvalidEventException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in a sentence that tells what to do; the stack trace only where the log is set to debug. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println(command.getColorScheme().errorText(message(failure)));
        LoggerFactory.getLogger(Failures.class).atDebug().setCause(failure).log("command failed");
        return switch (failure) {
            case ConfigException e -> ExitCodes.USAGE;
            case InvalidEventException e -> ExitCodes.USAGE;
            case NoStackException e -> ExitCodes.NO_STACK;
            case QueryFailedException e -> e.isUnreachable() ? ExitCodes.NO_STACK : ExitCodes.FAILED;
            default -> ExitCodes.FAILED;
        };
    }

    private static String message(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
