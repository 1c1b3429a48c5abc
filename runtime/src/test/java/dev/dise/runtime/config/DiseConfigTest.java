package dev.dise.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.schemas.EventType;
import dev.dise.schemas.StorageStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiseConfigTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void anEmptyConfigIsTheCatalogueOnThisMachine() throws IOException {
        DiseConfig config = load("{}", Map.of());
        assertThat(config).isEqualTo(DiseConfig.defaults());
        assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(config.database().storage().strategyFor(EventType.EVALUATION))
                .isEqualTo(StorageStrategy.HYBRID);
    }

    @Test
    void theEnvironmentWinsOverDotEnvAndDotEnvOverTheDefault() throws IOException {
        Files.writeString(folder.resolve(".env"), "A=file\n# B=no\nexport B='quoted'\n");
        String yaml = "database: {host: \"${A:-x}\", user: \"${B:-x}\", database: \"${C:-x}\", port: \"${P:-1}\"}";
        DatabaseConfig database = load(yaml, Map.of("A", "env", "P", "77")).database();
        assertThat(database.host()).isEqualTo("env");
        assertThat(database.logins().writer().user()).isEqualTo("quoted");
        assertThat(database.database()).isEqualTo("x");
        assertThat(database.port()).isEqualTo(77);
    }

    @Test
    void aValueCannotBreakTheFile() throws IOException {
        String password = "a: b # c \" ${x";
        DatabaseConfig database =
                load("database: {password: \"${PW}\"}", Map.of("PW", password)).database();
        assertThat(database.logins().writer().password().value()).isEqualTo(password);
    }

    @Test
    void tellsAllMistakesAtOnceEachWithItsPath() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load("""
                        kafka: {bootstrap_server: x, partitions: many}
                        database:
                          type: mysql
                          port: 70000
                          enabled: yes please
                          storage_strategy: {bulk_storage_types: [log, pattern, poem], rag_storage_types: [pattern]}
                        rag: []
                        """, Map.of()))
                .satisfies(e -> assertThat(e.mistakes())
                        .containsExactlyInAnyOrder(
                                "kafka.partitions must be a whole number but is 'many'",
                                "kafka.bootstrap_server is not a setting; here there are"
                                        + " bootstrap_servers, partitions, properties, replication_factor",
                                "database.type must be one of postgres but is 'mysql'",
                                "database.port must be from 1 to 65535 but is 70000",
                                "database.enabled must be true or false but is 'yes please'",
                                "database.storage_strategy.bulk_storage_types must hold event types but has 'poem'",
                                "database.storage_strategy.rag_storage_types has 'pattern',"
                                        + " which is in bulk_storage_types already",
                                "rag must be a mapping but is 'a list'"));
    }

    @Test
    void movesATypeToAnotherStrategy() throws IOException {
        StorageRules rules = load(
                        "database: {storage_strategy: {hybrid_storage_types: [pattern], store_generated_tools: false}}",
                        Map.of())
                .database()
                .storage();
        assertThat(rules.strategyFor(EventType.PATTERN)).isEqualTo(StorageStrategy.HYBRID);
        assertThat(rules.strategyFor(EventType.PLAN)).isEqualTo(StorageStrategy.RAG);
        assertThat(rules.stores(EventType.GENERATED_TOOL)).isFalse();
        assertThat(rules.stores(EventType.LOG)).isTrue();
    }

    @Test
    void showsNoSecrets() throws IOException {
        DiseConfig config = load("""
                kafka: {properties: {sasl.jaas.config: hunter2, ssl.keystore.password: hunter2, client.id: me}}
                database: {password: hunter2}
                rag: {qdrant: {api_key: hunter2}}
                """, Map.of());
        assertThat(config.toString()).doesNotContain("hunter2").contains("****").contains("client.id=me");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> DiseConfig.load(folder.resolve("none.yaml"), Map.of()))
                .withMessageContaining("there is no file");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load("database: {host: \"${NOWHERE}\"}", Map.of()))
                .withMessageContaining("NOWHERE");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load("a: [", Map.of()))
                .withMessageContaining("not valid YAML");
    }

    private DiseConfig load(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
        return DiseConfig.load(file, environment);
    }
}
