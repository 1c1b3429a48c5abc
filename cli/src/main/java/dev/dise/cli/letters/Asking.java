package dev.dise.cli.letters;

import dev.dise.cli.terminal.Keyboard;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Asks before something is done; who is no person on a terminal says {@code --yes}. */
final class Asking {
    /** Set by the launcher. */
    private static final String ON_A_TERMINAL = "dise.terminal";

    @Option(
            names = {"-y", "--yes"},
            description = "do not ask")
    private boolean yes;

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Says what is to be done and returns whether it shall be. */
    boolean agreesTo(String what) {
        PrintWriter err = command.commandLine().getErr();
        err.println(what);
        if (yes) {
            return true;
        }
        if (!Boolean.getBoolean(ON_A_TERMINAL)) {
            throw new ParameterException(command.commandLine(), "say --yes: there is no terminal to ask on");
        }
        err.print("Do it? [y/N] ");
        err.flush();
        String answer = Keyboard.line();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
