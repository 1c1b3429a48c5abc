package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import dev.dise.schemas.Json;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command prints: tables for people, one JSON document for programs. */
public final class Output {
    /** The forms. */
    public enum Form {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Form form = Form.TABLE;

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Whether a program reads it. */
    public boolean isJson() {
        return form == Form.JSON;
    }

    /** Where the answer goes. */
    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Prints one document. */
    public void json(Object value) {
        out().println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }

    /** Prints one table. */
    public void table(Table table) {
        table.print(out());
    }

    /** Where progress goes: to the error stream, so that the output stays clean. */
    public PrintWriter progress() {
        return command.commandLine().getErr();
    }
}
