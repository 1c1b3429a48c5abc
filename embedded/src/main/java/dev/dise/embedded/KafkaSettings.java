package dev.dise.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The broker settings for one machine: one replica of everything, few threads, small buffers. */
final class KafkaSettings {

    static final String HOST = "127.0.0.1";
    static final String CONTROLLER = "CONTROLLER";
    static final int NODE_ID = 1;

    private static final String CLIENTS = "CLIENTS";
    private static final int MAX_MESSAGE_BYTES = (2 << 20) + (64 << 10);

    private KafkaSettings() {}

    static Map<String, String> of(Path logs, int clientPort, int advertisedPort, int controllerPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        addNetwork(settings, clientPort, controllerPort);
        settings.put("advertised.listeners", CLIENTS + "://" + HOST + ":" + advertisedPort);
        settings.put("log.dirs", logs.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("group.initial.rebalance.delay.ms", "0");
        addSingleReplica(settings);
        addLifeCycle(settings);
        addLaptopSizes(settings);
        return settings;
    }

    private static void addNetwork(Map<String, String> settings, int clientPort, int controllerPort) {
        String clients = CLIENTS + "://" + HOST + ":" + clientPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("listeners", clients + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
        settings.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", CLIENTS);
        settings.put("controller.listener.names", CONTROLLER);
        // Static voters: their address stays out of the log, so the next start may use another port.
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
    }

    private static void addSingleReplica(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void addLifeCycle(Map<String, String> settings) {
        // There is nobody to hand partitions to, so leaving in good order is only waiting.
        settings.put("controlled.shutdown.enable", "false");
        // A restarted broker may register only after the session of its former life is over.
        settings.put("broker.session.timeout.ms", "1000");
        settings.put("broker.heartbeat.interval.ms", "200");
        settings.put("controller.quorum.election.timeout.ms", "200");
        settings.put("controller.quorum.election.backoff.max.ms", "100");
        settings.put("initial.broker.registration.timeout.ms", "30000");
    }

    private static void addLaptopSizes(Map<String, String> settings) {
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("num.replica.fetchers", "1");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("background.threads", "2");
        settings.put("group.coordinator.threads", "1");
        settings.put("share.coordinator.threads", "1");
        settings.put("log.cleaner.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("queued.max.requests", "100");
    }
}
