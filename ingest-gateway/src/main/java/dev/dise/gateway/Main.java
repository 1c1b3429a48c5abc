package dev.dise.gateway;

import dev.dise.runtime.ServiceMain;

/** Starts the gateway in a process of its own. */
public final class Main {
    private Main() {}

    /**
     * Runs until a signal, then drains.
     *
     * @param args the config file, or nothing
     */
    public static void main(String[] args) {
        ServiceMain.run("ingest-gateway", args, GatewayService::start);
    }
}
