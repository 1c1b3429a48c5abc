package dev.dise.runtime;

import dev.dise.runtime.config.ConfigException;
import dev.dise.runtime.config.DiseConfig;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every {@code main} does: read the config, start, run until told to stop or until it fails, close. */
public final class ServiceMain {
    private static final Logger log = LoggerFactory.getLogger(ServiceMain.class);

    /** The process ended by itself, from a bug. */
    private static final int FAILED = 1;
    /** The config cannot be used. */
    private static final int MISCONFIGURED = 2;

    private ServiceMain() {}

    /** Makes a running service of a config. */
    @FunctionalInterface
    public interface Starter {
        Service start(DiseConfig config, Health health, Metrics metrics);
    }

    /**
     * Runs one service in this process. The config is the first argument, else {@code DISE_CONFIG}, else
     * {@code config.yaml}. A signal closes the service first; 1 says that it failed, 2 that the config is wrong.
     */
    public static void run(String name, String[] args, Starter starter) {
        System.exit(runUntilStopped(name, args, starter));
    }

    static int runUntilStopped(String name, String[] args, Starter starter) {
        try (Service service = starter.start(DiseConfig.load(configFile(args)), new Health(), new Metrics())) {
            Thread stopper = new Thread(service::close, name + "-stopper");
            Runtime.getRuntime().addShutdownHook(stopper);
            log.atInfo().addKeyValue("service", name).log("service started");
            service.ended().join();
            return 0;
        } catch (ConfigException e) {
            log.atError().addKeyValue("service", name).log(e.getMessage());
            return MISCONFIGURED;
        } catch (CompletionException e) {
            log.atError().addKeyValue("service", name).setCause(e.getCause()).log("service failed and stops");
            return FAILED;
        } catch (RuntimeException e) {
            // It did not even start. Threads of what did start would keep the process alive without a service.
            log.atError().addKeyValue("service", name).setCause(e).log("service cannot start");
            return FAILED;
        }
    }

    private static Path configFile(String[] args) {
        if (args.length > 0) {
            return Path.of(args[0]);
        }
        return Path.of(System.getenv().getOrDefault("DISE_CONFIG", "config.yaml"));
    }
}
