package dev.dise.localdev;

import dev.dise.runtime.config.DiseConfig;

/**
 * The three servers of a stack without its services, in this process: for what is done to a line that stands still. The
 * folder is the same as that of a whole stack, which cannot run on it at the same time.
 */
public final class LocalServers implements AutoCloseable {
    private final Servers servers;
    private final DiseConfig config;

    private LocalServers(Servers servers, DiseConfig config) {
        this.servers = servers;
        this.config = config;
    }

    /**
     * Starts them, and returns when they can be used; some seconds.
     *
     * @throws IllegalStateException if a port is taken, or the folder is in use or cannot be written; one sentence that
     *     says what to do
     */
    public static LocalServers start(StackOptions options) {
        Servers servers = Servers.start(options);
        try {
            DiseConfig config = options.config().at(servers.addresses(options.ports()));
            FormerMembers.remove(config.kafka());
            return new LocalServers(servers, config);
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** The config with the addresses of these servers. */
    public DiseConfig config() {
        return config;
    }

    @Override
    public void close() {
        servers.close();
    }
}
