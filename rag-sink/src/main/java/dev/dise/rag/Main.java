package dev.dise.rag;

import dev.dise.embedding.Embedders;
import dev.dise.runtime.AdminServer;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.ServiceMain;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.TopicSetup;

/** Runs the Qdrant sink alone in its process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        ServiceMain.run("rag-sink", args, Main::start);
    }

    private static Service start(DiseConfig config, Health health, Metrics metrics) {
        TopicSetup.ensure(config.kafka());
        AdminServer admin = AdminServer.start(config.ragSink().health(), health, metrics);
        return RagSinkService.start(
                        config,
                        Embedders.from(config.rag().embedding()),
                        StateFile.folder(config.ragSink()),
                        health,
                        metrics)
                .alongWith(admin);
    }
}
