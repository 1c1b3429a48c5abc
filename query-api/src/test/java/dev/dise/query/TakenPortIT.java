package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakenPortIT {
    @Test
    void isRefusedInOneSentenceThatNamesIt(@TempDir Path folder) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = Files.writeString(
                    folder.resolve("config.yaml"), "query: {host: 127.0.0.1, port: " + taken.getLocalPort() + "}");
            DiseConfig config = DiseConfig.load(file, Map.of());
            assertThatIllegalStateException()
                    .isThrownBy(() -> QueryApi.start(config, new AxisModel(), new Health(), new Metrics())
                            .close())
                    .withMessageContaining("cannot listen on port " + taken.getLocalPort());
        }
    }
}
