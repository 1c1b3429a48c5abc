package dev.dise.localdev;

import dev.dise.runtime.config.DiseConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The line on the servers that run in this process. */
class EmbeddedLineIT extends LineContract {
    private static @Nullable LocalStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack = LocalStack.start(TestStacks.in(folder));
    }

    @AfterAll
    static void stop() {
        stack().close();
    }

    @Override
    protected DiseConfig config() {
        return stack().config();
    }

    @Override
    protected URI gatewayAddress() {
        return stack().gatewayAddress();
    }

    @Override
    protected URI queryAddress() {
        return stack().queryAddress();
    }

    private static LocalStack stack() {
        return Objects.requireNonNull(stack);
    }
}
