package dev.dise.pg;

import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Sink;
import dev.dise.runtime.sink.SinkContract;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PgSinkContractIT extends SinkContract<DecodedEvent> {
    private static PgStack postgres;

    private FaultyConnections connections;
    private PgSink sink;

    @BeforeAll
    static void startPostgreSql(@TempDir Path directory) throws SQLException {
        postgres = PgStack.start(directory);
    }

    @AfterAll
    static void stopPostgreSql() {
        postgres.close();
    }

    @BeforeEach
    void emptyTheTables() {
        postgres.clear();
        connections = new FaultyConnections(postgres.sinkConnections());
        sink = new PgSink(connections.dataSource());
    }

    @Override
    protected Sink<DecodedEvent> sink() {
        return sink;
    }

    @Override
    protected Delivery<DecodedEvent> delivery(Delivery<DecodedEvent> event) {
        return event;
    }

    @Override
    protected Delivery<DecodedEvent> poison(Delivery<DecodedEvent> event) {
        event.content().data().put("overall_score", new BigDecimal("1e10"));
        return event;
    }

    @Override
    protected Map<String, String> stored() {
        List<Map<String, @Nullable String>> rows = postgres.query("SELECT artifact_id, name FROM tool_evaluations");
        Map<String, String> names = new HashMap<>();
        rows.forEach(row -> names.merge(
                Objects.requireNonNull(row.get("artifact_id")),
                Objects.requireNonNull(row.get("name")),
                (a, b) -> a + " and " + b));
        return names;
    }

    @Override
    protected void takeAway() {
        connections.cut();
    }

    @Override
    protected void bringBack() {
        connections.mend();
    }
}
