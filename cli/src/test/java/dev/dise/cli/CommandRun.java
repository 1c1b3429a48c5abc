package dev.dise.cli;

import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import tools.jackson.databind.JsonNode;

/** One run of the command, with what it printed. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.command(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    JsonNode json() {
        return Json.mapper().readTree(out);
    }
}
