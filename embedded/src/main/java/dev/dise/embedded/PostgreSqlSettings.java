package dev.dise.embedded;

import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import java.util.LinkedHashMap;
import java.util.Map;

/** The server settings for one machine. */
final class PostgreSqlSettings {

    private PostgreSqlSettings() {}

    static Map<String, String> server(Durability durability) {
        String flush = durability == Durability.FSYNC ? "on" : "off";
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fsync", flush);
        settings.put("synchronous_commit", flush);
        settings.put("full_page_writes", flush);
        settings.put("listen_addresses", EmbeddedPostgreSql.HOST);
        // A socket file in /tmp would be one more thing two servers could quarrel about.
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "50");
        // A question about a year locks the partition and the indexes of each of its days.
        settings.put("max_locks_per_transaction", "256");
        settings.put("shared_buffers", "128MB");
        settings.put("jit", "off");
        return settings;
    }

    /** The same order of texts on every machine, whatever its locale. */
    static Map<String, String> locale() {
        return Map.of("locale-provider", "builtin", "builtin-locale", "C.UTF-8", "locale", "C");
    }
}
