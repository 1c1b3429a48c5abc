package dev.dise.pg;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Real connections that can be cut, can break under whoever uses them, can lose the answer to a commit, and count
 * statements: each that they prepare, and each COPY, for which they are unwrapped.
 */
final class FaultyConnections {
    private final DataSource real;
    private final AtomicBoolean cut = new AtomicBoolean();
    private final AtomicBoolean losesNextAnswer = new AtomicBoolean();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger statements = new AtomicInteger();

    FaultyConnections(DataSource real) {
        this.real = real;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, real, this::onDataSource);
    }

    void cut() {
        cut.set(true);
    }

    void mend() {
        cut.set(false);
    }

    /** Breaks every open connection, as the end of the process that has them would; the server learns it from the socket. */
    void breakOpen() throws SQLException {
        for (Connection connection : open) {
            connection.unwrap(PgConnection.class).abort(Runnable::run);
        }
    }

    /** The next commit happens, but who asked for it never hears of it. */
    void loseNextAnswer() {
        losesNextAnswer.set(true);
    }

    int statements() {
        return statements.get();
    }

    private @Nullable Object onDataSource(Method method, @Nullable Object[] arguments) throws Throwable {
        if (cut.get()) {
            throw new SQLException("Connection refused", "08001");
        }
        Object answer = call(real, method, arguments);
        if (answer instanceof Connection connection) {
            open.add(connection);
            return proxy(Connection.class, connection, (call, values) -> onConnection(connection, call, values));
        }
        return answer;
    }

    private @Nullable Object onConnection(Connection connection, Method method, @Nullable Object[] arguments)
            throws Throwable {
        if (method.getName().equals("prepareStatement") || method.getName().equals("unwrap")) {
            statements.incrementAndGet();
        }
        if (method.getName().equals("close")) {
            open.remove(connection);
        }
        Object answer = call(connection, method, arguments);
        if (method.getName().equals("commit") && losesNextAnswer.getAndSet(false)) {
            throw new SQLException("An I/O error occurred", "08006");
        }
        return answer;
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private interface Handler {
        @Nullable
        Object handle(Method method, @Nullable Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Object target, Handler handler) {
        Object proxy = Proxy.newProxyInstance(
                target.getClass().getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> handler.handle(method, arguments == null ? new Object[0] : arguments));
        return type.cast(proxy);
    }
}
