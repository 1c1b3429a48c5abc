package dev.dise.query.sql;

import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.audit.AuditLog;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Clock;
import java.util.Map;

/** Takes down each statement that was run, and what came of it; no values. Thread-safe. */
final class SqlBook implements AutoCloseable {
    static final String ACTION = "sql";
    static final String REFUSED = "refused";
    static final String FAILED = "failed";
    private static final String TARGET = "postgres";

    private final AuditLog audit;
    private final Clock clock;

    SqlBook(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Writes an entry, and returns when it is safe.
     *
     * @throws StoreUnavailableException if Kafka does not take it; then nobody should get an answer
     */
    synchronized void note(String by, String outcome, Map<String, String> detail) throws StoreUnavailableException {
        try {
            audit.write(new AuditEntry(ACTION, by, clock.instant(), TARGET, detail, outcome));
        } catch (IllegalStateException e) {
            throw new StoreUnavailableException(
                    "the audit does not take the statement, and without that there is no answer", e);
        }
    }

    @Override
    public synchronized void close() {
        audit.close();
    }
}
