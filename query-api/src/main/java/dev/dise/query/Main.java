package dev.dise.query;

import dev.dise.embedding.Embedders;
import dev.dise.runtime.ServiceMain;

/** Runs the query service in a process of its own. */
public final class Main {
    private Main() {}

    /** Reads the config, starts, runs until told to stop. */
    public static void main(String[] args) {
        ServiceMain.run(
                "query-api",
                args,
                (config, health, metrics) ->
                        QueryApi.start(config, Embedders.from(config.rag().embedding()), health, metrics));
    }
}
