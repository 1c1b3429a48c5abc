package dev.dise.bench;

import dev.dise.cli.bench.Bench;
import dev.dise.cli.bench.Figure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Measures the Qdrant side: so far what makes vectors of texts. */
public final class RagBench implements Bench {
    private static final Path REAL_ARTIFACTS = Path.of("..", "shared", "data", "dise", "artifacts.jsonl");

    @Override
    public String name() {
        return "rag";
    }

    @Override
    public List<Figure> run(Options options, PrintWriter progress) throws Exception {
        List<String> texts = BareModel.shortOnes(ShortTexts.from(REAL_ARTIFACTS));
        progress.printf("%d texts of about %d words%n", texts.size(), ShortTexts.WORDS);
        return new EmbedFigures(texts, progress).measure();
    }
}
