package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The collection is rebuilt in a whole stack that runs, with the same model and with another. */
class RebuildQdrantIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theCollectionIsRebuiltWithEitherModelAndSearchGoesOn(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("config.yaml"), "rag: {embedding: {provider: hash}}");
        StackOptions options =
                StackOptions.in(folder, DiseConfig.load(file, Map.of())).withoutDurability();
        try (LocalStack stack = LocalStack.start(options)) {
            StackFile.of(stack).write(folder);
            for (int i = 0; i < 20; i++) {
                run(
                        folder,
                        file,
                        "emit",
                        "plan",
                        "{\"artifact_id\":\"p" + i + "\",\"name\":\"plan " + i + "\",\"content\":\"how to parse file "
                                + i + "\"}");
            }
            await().atMost(PATIENCE).until(() -> hits(folder, file) == 10);
            JsonNode same = Json.mapper().readTree(run(folder, file, "rebuild", "qdrant", "-o", "json"));
            assertThat(same.at("/report/generation/number").asInt()).isEqualTo(2);
            assertThat(same.at("/report/generation/state").asString("")).isEqualTo("live");
            assertThat(run(folder, file, "rebuild", "qdrant", "--model", "hash", "--dimension", "96", "--dry-run"))
                    .contains("distinct texts, each embedded once", "20");
            assertThat(run(folder, file, "rebuild", "qdrant", "--model", "hash", "--dimension", "96"))
                    .contains("hash:hash-96", "readers see it");
            await().atMost(PATIENCE).until(() -> hits(folder, file) == 10);
            run(folder, file, "emit", "plan", "{\"artifact_id\":\"late\",\"name\":\"late\",\"content\":\"zebra\"}");
            await().atMost(PATIENCE)
                    .until(() ->
                            run(folder, file, "search", "zebra", "-o", "json").contains("hash-96"));
        }
    }

    private static int hits(Path folder, Path file) {
        return Json.mapper()
                .readTree(run(folder, file, "search", "parse file", "-o", "json"))
                .path("count")
                .asInt();
    }

    private static String run(Path folder, Path file, String... words) {
        String[] all = Arrays.copyOf(words, words.length + 4);
        all[words.length] = "--state";
        all[words.length + 1] = folder.toString();
        all[words.length + 2] = "--config";
        all[words.length + 3] = file.toString();
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run.out();
    }
}
