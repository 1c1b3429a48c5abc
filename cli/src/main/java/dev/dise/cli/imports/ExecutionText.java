package dev.dise.cli.imports;

import java.util.Optional;

/** The text in which DiSE writes down the execution of a tool. */
record ExecutionText(String command, String sourceFile, String stdout, String stderr) {
    private static final String COMMAND = "COMMAND: ";
    private static final String SOURCE_FILE = "\n\nSOURCE FILE: ";
    private static final String EXIT_CODE = "\n\nEXIT CODE: ";
    private static final String STDOUT = "\n\nSTDOUT:\n";
    private static final String STDERR = "\n\nSTDERR:\n";

    /** The parts of the text; empty if it is not written that way. */
    static Optional<ExecutionText> parse(String written) {
        String text = written.replace("\r\n", "\n");
        int sourceFile = text.indexOf(SOURCE_FILE);
        int exitCode = text.indexOf(EXIT_CODE, Math.max(0, sourceFile));
        int stdout = text.indexOf(STDOUT, Math.max(0, exitCode));
        // What a tool prints may contain the heading; what it complains about rarely does.
        int stderr = text.lastIndexOf(STDERR);
        if (!text.startsWith(COMMAND) || sourceFile < 0 || exitCode < 0 || stdout < 0 || stderr < stdout) {
            return Optional.empty();
        }
        return Optional.of(new ExecutionText(
                text.substring(COMMAND.length(), sourceFile).strip(),
                text.substring(sourceFile + SOURCE_FILE.length(), exitCode).strip(),
                between(text, stdout + STDOUT.length(), stderr),
                text.substring(stderr + STDERR.length()).strip()));
    }

    private static String between(String text, int from, int to) {
        return from < to ? text.substring(from, to).strip() : "";
    }
}
