package dev.dise.pg.compare;

import dev.dise.pg.LiveSchema;
import dev.dise.pg.OwnerConnections;
import dev.dise.pg.Sql;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.compare.CompareOptions;
import dev.dise.runtime.compare.Comparison;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.SourceRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * Compares the tables that readers see with {@code dise.bulk}, exactly, while both are written to: what the tables should
 * hold is made by the code of the sink in tables beside, up to the very record that the snapshot of the tables ends with. Its
 * memory is bounded; the joining is PostgreSQL's. Of several that run at once each has tables of its own.
 */
public final class TableCheck {
    /** Times that it is tried: the first lets the sink write meanwhile, the others have it wait for some seconds. */
    private static final int TRIES = 5;

    private static final Set<String> CHANGED_MEANWHILE = Set.of("40001", "40P01");

    private final DataSource owner;
    private final Check.Parts parts;

    /**
     * Connects to nothing yet.
     *
     * @param config as the owner of the tables, who may make a schema
     * @param isForgotten records whose events were removed on purpose
     */
    public TableCheck(DatabaseConfig config, KafkaClients kafka, Predicate<SourceRecord> isForgotten, Clock clock) {
        this(OwnerConnections.of(config, "verify"), new Check.Parts(kafka, config.keeping(), isForgotten, clock));
    }

    TableCheck(DataSource owner, Check.Parts parts) {
        this.owner = owner;
        this.parts = parts;
    }

    /**
     * Compares, and mends if that is asked for: then everything that is found is mended, in one transaction.
     *
     * @throws IllegalStateException if PostgreSQL or Kafka cannot be reached, or rows change faster than they can be mended
     */
    public Comparison run(CompareOptions options, WorkProgress progress) {
        try (Connection connection = owner.getConnection()) {
            Sql sql = new Sql(connection);
            String live = LiveSchema.of(sql);
            try (Scratch scratch = Scratch.open(sql, live)) {
                return run(new Check(parts, sql, scratch, live, progress), options);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot compare the tables with their topic: " + e.getMessage(), e);
        }
    }

    private static Comparison run(Check check, CompareOptions options) throws SQLException {
        Check.Loaded loaded = check.load(options);
        for (int tries = 1; ; tries++) {
            try {
                return check.compare(loaded, options, tries > 1);
            } catch (SQLException e) {
                if (tries == TRIES || !CHANGED_MEANWHILE.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
        }
    }
}
