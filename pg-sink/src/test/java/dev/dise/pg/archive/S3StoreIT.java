package dev.dise.pg.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.pg.PgStack;
import dev.dise.runtime.config.ArchiveConfig;
import dev.dise.runtime.config.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3StoreIT extends ArchiveStoreContract {
    private static S3Server server;

    private String bucket = "";
    private ArchiveStore store;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.stop();
    }

    @BeforeEach
    void makeBucket() {
        bucket = server.makeBucket();
        store = open(server.config("s3://" + bucket + "/dise/prod"));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    ArchiveStore store() {
        return store;
    }

    @Test
    void anObjectLiesBelowThePrefixAndItsGeneration() throws IOException {
        put("tool_logs/a", new byte[1]);
        try (ArchiveStore above = S3Store.open(server.config("s3://" + bucket), "dise")) {
            assertThat(above.list("")).containsExactly("prod/dise_g1/tool_logs/a");
        }
    }

    @Test
    void saysWhatTheServerRefusesAndNothingOfTheKeys() {
        saysWithoutKeys(server.config("s3://no-such-bucket"), "NoSuchBucket, HTTP status 404");
        saysWithoutKeys(server.config("s3://" + bucket, "wrong-key"), "HTTP status 403");
        ArchiveConfig nowhere = new ArchiveConfig(
                "s3://cold-store",
                "http://127.0.0.1:1",
                "us-east-1",
                new Secret(S3Server.ACCESS_KEY),
                new Secret("wrong-key"));
        saysWithoutKeys(nowhere, "Connection refused");
    }

    private static void saysWithoutKeys(ArchiveConfig config, String reason) {
        try (ArchiveStore wrong = open(config);
                Draft draft = wrong.create("tool_logs/a")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> {
                        draft.write(1);
                        draft.commit();
                    })
                    .withMessageContaining(
                            "cannot write s3://" + config.bucket().name() + "/dise_g1/tool_logs/a")
                    .withMessageContaining(reason)
                    .satisfies(e -> assertThat(stackTrace(e))
                            .doesNotContain(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, "wrong-key"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String stackTrace(Exception e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static ArchiveStore open(ArchiveConfig config) {
        return ArchiveStore.open(config, PgStack.GENERATION);
    }
}
