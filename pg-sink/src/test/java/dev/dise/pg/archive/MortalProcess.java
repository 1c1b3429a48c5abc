package dev.dise.pg.archive;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A process that is killed before its n-th step: a statement, the end of a transaction, a file begun, written to,
 * committed or read. From then on none of its steps has an effect, and PostgreSQL sees its connection break.
 */
final class MortalProcess {
    private static final Set<String> STEPS = Set.of("createStatement", "prepareStatement", "unwrap", "commit");

    private final int fatal;
    private int steps;
    private @Nullable Connection connection;

    MortalProcess(int fatal) {
        this.fatal = fatal;
    }

    boolean isDead() {
        return steps >= fatal;
    }

    DataSource connections(DataSource real) {
        return proxy(DataSource.class, (method, arguments) -> {
            Object answer = call(real, method, arguments);
            return answer instanceof Connection opened ? mortal(opened) : answer;
        });
    }

    ArchiveStore archive(ArchiveStore real) {
        return new ArchiveStore() {
            @Override
            public Draft create(String name) throws IOException {
                file();
                return mortal(real.create(name));
            }

            @Override
            public InputStream get(String name) throws IOException {
                file();
                return real.get(name);
            }

            @Override
            public List<String> list(String prefix) throws IOException {
                file();
                return real.list(prefix);
            }

            @Override
            public void remove(String name) throws IOException {
                file();
                real.remove(name);
            }

            @Override
            public void removeDrafts() throws IOException {
                file();
                real.removeDrafts();
            }

            @Override
            public void close() {
                real.close();
            }
        };
    }

    private Draft mortal(Draft real) {
        return new Draft() {
            @Override
            void commit() throws IOException {
                file();
                real.commit();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                file();
                real.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                // A dead process leaves its drafts where they are.
                if (!isDead()) {
                    real.close();
                }
            }
        };
    }

    private Connection mortal(Connection real) {
        connection = real;
        return proxy(Connection.class, (method, arguments) -> {
            boolean killed = STEPS.contains(method.getName()) && step();
            if (killed || (isDead() && !method.getName().equals("close"))) {
                throw new SQLException("killed", "08006");
            }
            return call(real, method, arguments);
        });
    }

    private void file() throws IOException {
        if (step()) {
            throw new IOException("killed");
        }
    }

    /** Returns whether it is dead. */
    private boolean step() {
        if (isDead()) {
            return true;
        }
        steps++;
        if (isDead() && connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return isDead();
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

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> handler.handle(method, arguments == null ? new Object[0] : arguments)));
    }
}
