package dev.dise.pg.generations;

import dev.dise.pg.Connections;
import dev.dise.pg.Generation;
import dev.dise.pg.Migrations;
import dev.dise.pg.archive.Session;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;

/** What work on generations needs: the database as its owner, Kafka, a clock. */
record Workshop(
        DataSource owner,
        DatabaseConfig database,
        KafkaClients kafka,
        BulkTopic topic,
        Failpoints failpoints,
        Clock clock) {
    private static final String NAME = "pg-rebuild";

    static Workshop of(DatabaseConfig database, KafkaClients kafka, Failpoints failpoints, Clock clock) {
        return new Workshop(
                Connections.keeper(NAME, database), database, kafka, new BulkTopic(kafka), failpoints, clock);
    }

    Session session(Generation generation) throws SQLException {
        return Session.open(owner, generation.schema());
    }

    /** For what all generations share. */
    Session session() throws SQLException {
        return Session.open(owner, "dise");
    }

    Migrations migrations() {
        return new Migrations(Connections.owner(NAME, database), database.logins());
    }

    /**
     * What readers see.
     *
     * @throws IllegalStateException if nothing has been migrated yet
     */
    static Generation live(Session session) throws SQLException {
        if (!Registry.exists(session.connection())) {
            throw new IllegalStateException(
                    "this database knows of no generations: start the sink of this version once, which migrates it");
        }
        return Registry.live(session.connection())
                .map(Registered::generation)
                .orElseThrow(() -> new IllegalStateException(
                        "no generation is live: start the sink once, which makes the first one"));
    }
}
