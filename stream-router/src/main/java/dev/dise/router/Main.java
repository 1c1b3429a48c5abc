package dev.dise.router;

import dev.dise.runtime.AdminServer;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.ServiceMain;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.TopicSetup;
import java.nio.file.Path;

/** Runs the router alone in its process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        ServiceMain.run("router", args, Main::start);
    }

    private static Service start(DiseConfig config, Health health, Metrics metrics) {
        TopicSetup.ensure(config.kafka());
        AdminServer admin = AdminServer.start(config.router().health(), health, metrics);
        Path stateDir = Path.of(System.getProperty("java.io.tmpdir"), "dise-router");
        return RouterService.start(config, stateDir, health, metrics).alongWith(admin);
    }
}
