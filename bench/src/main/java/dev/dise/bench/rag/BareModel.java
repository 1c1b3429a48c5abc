package dev.dise.bench.rag;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** ONNX Runtime and nothing around it: the tokens are made beforehand, and what comes out is left where it is. */
final class BareModel implements AutoCloseable {
    /** What LangChain4j's class takes: its tokenizer cuts the rest off. */
    private static final int LONGEST = 128;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession oneCore;
    private final OrtSession allCores;
    private final List<long[]> shortestFirst;

    BareModel(List<String> texts) throws OrtException, IOException {
        oneCore = session(1);
        allCores = session(Runtime.getRuntime().availableProcessors());
        shortestFirst = tokens(texts).stream()
                .sorted(Comparator.comparingInt(ids -> ids.length))
                .toList();
    }

    /** The texts that every competitor takes whole. */
    static List<String> shortOnes(List<String> texts) throws IOException {
        List<long[]> tokens = tokens(texts);
        return IntStream.range(0, texts.size())
                .filter(i -> tokens.get(i).length <= LONGEST)
                .mapToObj(texts::get)
                .toList();
    }

    private static List<long[]> tokens(List<String> texts) throws IOException {
        try (InputStream file = resource("/all-minilm-l6-v2-q-tokenizer.json");
                HuggingFaceTokenizer tokenizer =
                        HuggingFaceTokenizer.newInstance(file, Map.of("padding", "false", "truncation", "false"))) {
            return Arrays.stream(tokenizer.batchEncode(texts, true, false))
                    .map(Encoding::getIds)
                    .toList();
        }
    }

    void oneByOneSideBySide() {
        shortestFirst.parallelStream().forEach(ids -> run(oneCore, List.of(ids)));
    }

    void together(int rows) {
        for (int from = 0; from < shortestFirst.size(); from += rows) {
            run(allCores, shortestFirst.subList(from, Math.min(from + rows, shortestFirst.size())));
        }
    }

    @Override
    public void close() throws OrtException {
        oneCore.close();
        allCores.close();
    }

    private void run(OrtSession session, List<long[]> rows) {
        int length = rows.get(rows.size() - 1).length;
        long[] ids = new long[rows.size() * length];
        long[] mask = new long[ids.length];
        for (int row = 0; row < rows.size(); row++) {
            int tokens = rows.get(row).length;
            System.arraycopy(rows.get(row), 0, ids, row * length, tokens);
            Arrays.fill(mask, row * length, row * length + tokens, 1);
        }
        try (OnnxTensor idsTensor = tensor(ids, rows.size(), length);
                OnnxTensor maskTensor = tensor(mask, rows.size(), length);
                OnnxTensor typesTensor = tensor(new long[ids.length], rows.size(), length);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idsTensor, "attention_mask", maskTensor, "token_type_ids", typesTensor))) {
            Objects.requireNonNull(result.get(0));
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private OnnxTensor tensor(long[] values, int rows, int length) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {rows, length});
    }

    private OrtSession session(int threads) throws OrtException, IOException {
        try (InputStream file = resource("/all-minilm-l6-v2-q.onnx");
                SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            return environment.createSession(file.readAllBytes(), options);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(BareModel.class.getResourceAsStream(name), name);
    }
}
