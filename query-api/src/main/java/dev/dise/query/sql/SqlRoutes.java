package dev.dise.query.sql;

import dev.dise.operations.audit.AuditLog;
import dev.dise.query.Answers;
import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.RouteGroup;
import dev.dise.runtime.config.ConfigException;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.Login;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.keys.Scope;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL by people, where the config lets them. */
public final class SqlRoutes implements RouteGroup, AutoCloseable {
    private static final String SQL = "/v1/sql";
    private static final String HOW_TO =
            "SQL is switched off here; set query.sql.enabled to true and name a role for it in database.sql";
    private static final String NEEDS_ROLE =
            "query.sql.enabled needs database.sql.user: a role of its own that may log in"
                    + " and nothing else; what it may read, the sink grants it";

    private final Answers answers;
    private final @Nullable SqlDesk desk;

    /**
     * Connects to nothing before a statement comes.
     *
     * @throws ConfigException if it is switched on and there is no role for it
     */
    public SqlRoutes(DiseConfig config, Answers answers, Clock clock) {
        this.answers = answers;
        Login login = config.database().logins().sql();
        if (!config.query().sql().enabled()) {
            this.desk = null;
        } else if (login == null) {
            throw new ConfigException(List.of(NEEDS_ROLE));
        } else {
            this.desk = desk(config, login, clock);
        }
    }

    /** Adds it. */
    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.post(SQL, answers.handler(SQL, Scope.SQL, this::answer));
    }

    @Override
    public void close() {
        if (desk != null) {
            desk.close();
        }
    }

    private Object answer(Question question) throws StoreUnavailableException {
        if (desk == null) {
            throw new RefusedException(Problem.forbidden(HOW_TO));
        }
        return desk.answer(question);
    }

    private static SqlDesk desk(DiseConfig config, Login login, Clock clock) {
        var connections = new SqlConnections(
                config.database(), login, config.query().sql().timeout());
        var book = new SqlBook(new AuditLog(new KafkaClients(config.kafka())), clock);
        return new SqlDesk(new SqlRun(connections), book);
    }
}
