package dev.dise.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void limitsAreOnByDefaultAndKeysOffOnLoopback() {
        GatewayConfig gateway = DiseConfig.defaults().gateway();
        assertThat(gateway.needsKey()).isFalse();
        assertThat(gateway.spool()).isEqualTo(SpoolConfig.none());
        assertThat(gateway.limits().sizes().body()).isEqualTo(8 << 20);
        assertThat(gateway.limits().times().header()).isEqualTo(Duration.ofSeconds(5));
        assertThat(gateway.limits().load().connections()).isEqualTo(1024);
        assertThat(GatewayConfig.at(gateway.http())).isEqualTo(gateway);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, auto,  false",
        "localhost, auto,  false",
        "'::1',     auto,  false",
        "0.0.0.0,   auto,  true",
        "10.0.0.7,  auto,  true",
        "0.0.0.0,   false, false",
        "127.0.0.1, true,  true"
    })
    void keysAreRequiredWhereOthersCanReachIt(String host, String required, boolean needed) throws IOException {
        String yaml = "gateway: {host: '%s', auth: {required: %s, keys_file: keys.json}}".formatted(host, required);
        assertThat(load(yaml).needsKey()).isEqualTo(needed);
    }

    @Test
    void keysThatAreRequiredHaveAFile() {
        assertMistakes(
                "gateway: {host: 0.0.0.0}",
                "gateway.auth.keys_file must be set where the gateway can be reached from outside, which it can at host"
                        + " 0.0.0.0; or set gateway.auth.required to false");
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "512B, 512", "3KiB, 3072", "1 MiB, 1048576", "2GiB, 2147483648"})
    void readsSizes(String text, long bytes) {
        assertThat(SizeText.parse(text)).hasValue(bytes);
        assertThat(SizeText.parse(SizeText.of(bytes))).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5MiB", "8MB", "8mib", "99999999999999999999"})
    void whatIsNoSizeIsAMistake(String text) {
        assertMistakes(
                "gateway: {limits: {body: '" + text + "'}}",
                "gateway.limits.body must be a size such as 16KiB, 8MiB or 1GiB but is '" + text + "'");
    }

    @Test
    void tellsLimitsThatContradictEachOther() {
        assertMistakes(
                "gateway: {limits: {body: 2MiB, decompressed: 1MiB, memory: 1MiB, items: 0, idle_time: soon},"
                        + " spool: {fsync: never, max_bytes: 1}}",
                "gateway.limits.items must be from 1 to 100000 but is 0",
                "gateway.limits.idle_time must be a time span such as 500ms, 20s, 5m, 2h or 30d but is 'soon'",
                "gateway.limits.decompressed must not be below body but is 1MiB",
                "gateway.spool.max_bytes must be from 4MiB to 1048576GiB but is 1",
                "gateway.spool.fsync must be one of always, interval but is 'never'");
    }

    @Test
    void showsTimesAsTheyAreWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), "gateway: {limits: {idle_time: 2m}}");
        assertThat(DiseConfig.load(file, Map.of()).shown())
                .containsEntry("gateway.limits.times.idle", "2m")
                .containsEntry("database.statement_timeout", "20s")
                .containsEntry("gateway.auth.required", "AUTO");
    }

    private void assertMistakes(String yaml, String... mistakes) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load(yaml))
                .satisfies(e -> assertThat(e.mistakes()).containsExactlyInAnyOrder(mistakes));
    }

    private GatewayConfig load(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
        return DiseConfig.load(file, Map.of()).gateway();
    }
}
