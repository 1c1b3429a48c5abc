package dev.dise.bench.rag;

import dev.dise.bench.Repeated;
import dev.dise.cli.bench.Figure;
import dev.dise.embedding.Embedders;
import dev.dise.runtime.config.RagConfig;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our embedder, that of LangChain4j and ONNX Runtime alone, in turn on the same texts. */
final class EmbedFigures {
    private static final int ROUNDS = 5;
    private static final double SAME = 1e-3;

    private final List<TextSegment> texts;
    private final PrintWriter progress;
    private final EmbeddingModel ours = Embedders.from(RagConfig.Embedding.inProcess(RagConfig.Provider.ONNX));
    private final EmbeddingModel langChain4j = new AllMiniLmL6V2QuantizedEmbeddingModel();

    EmbedFigures(List<String> texts, PrintWriter progress) {
        this.texts = texts.stream().map(TextSegment::from).toList();
        this.progress = progress;
    }

    /** Something to time. */
    private interface Work {
        void run() throws Exception;
    }

    List<Figure> measure() throws Exception {
        requireSameVectors();
        try (BareModel bare =
                new BareModel(texts.stream().map(TextSegment::text).toList())) {
            Map<String, Work> works = new LinkedHashMap<>();
            works.put("this embedder", () -> ours.embedAll(texts));
            works.put("LangChain4j", () -> langChain4j.embedAll(texts));
            works.put("ONNX Runtime, one text a call, a call per core", bare::oneByOneSideBySide);
            works.put("ONNX Runtime, one text a call, all cores", () -> bare.together(1));
            works.put("ONNX Runtime, 8 texts a call, all cores", () -> bare.together(8));
            works.put("ONNX Runtime, 32 texts a call, all cores", () -> bare.together(32));
            Map<String, Repeated> rates = new LinkedHashMap<>();
            works.keySet().forEach(name -> rates.put(name, new Repeated()));
            for (int round = 0; round <= ROUNDS; round++) {
                for (Map.Entry<String, Work> work : works.entrySet()) {
                    double rate = perSecond(work.getValue());
                    // The first round warms up.
                    if (round > 0) {
                        rates.getOrDefault(work.getKey(), new Repeated()).add(rate);
                    }
                }
            }
            return figures(rates);
        }
    }

    private List<Figure> figures(Map<String, Repeated> rates) {
        List<Double> medians = new ArrayList<>();
        rates.forEach((name, rate) -> {
            progress.printf("%s: %.0f texts/s%n", name, rate.median());
            medians.add(rate.median());
        });
        double best =
                medians.stream().skip(2).mapToDouble(Double::doubleValue).max().orElseThrow();
        return List.of(
                Figure.rate("embed_texts_per_s", medians.get(0), "texts/s"),
                Figure.ratioOfAtLeast(1.4, "embed_vs_langchain4j", medians.get(0) / medians.get(1)),
                Figure.ratioOfAtLeast(0.9, "embed_vs_onnxruntime", medians.get(0) / best));
    }

    private double perSecond(Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        return texts.size() * 1e9 / (System.nanoTime() - begun);
    }

    private void requireSameVectors() {
        List<Embedding> expected = langChain4j.embedAll(texts).content();
        List<Embedding> actual = ours.embedAll(texts).content();
        for (int i = 0; i < texts.size(); i++) {
            double near = CosineSimilarity.between(expected.get(i), actual.get(i));
            if (near < 1 - SAME) {
                throw new IllegalStateException("the vectors of a text differ, cosine " + near + ": "
                        + texts.get(i).text());
            }
        }
    }
}
