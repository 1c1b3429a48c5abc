package dev.dise.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * The network itself: the tokens of one text to its vector, in the calling thread. Texts do not share a call: the network is
 * quantized by the range of all that goes through at once, so that a neighbour would change a text's vector by a hundredth.
 * Thread-safe.
 */
final class OnnxModel implements AutoCloseable {
    static final int DIMENSIONS = 384;

    private static final String FILE = "/all-minilm-l6-v2-q.onnx";

    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxModel(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    static OnnxModel load() {
        try (InputStream file = resource(FILE);
                SessionOptions options = new SessionOptions()) {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            environment.setTelemetry(false);
            // Texts side by side keep the cores busier than the parts of one do.
            options.setIntraOpNumThreads(1);
            return new OnnxModel(environment, environment.createSession(file.readAllBytes(), options));
        } catch (OrtException | IOException e) {
            throw new IllegalStateException("the model cannot be loaded into ONNX Runtime", e);
        }
    }

    static InputStream resource(String name) throws IOException {
        InputStream file = OnnxModel.class.getResourceAsStream(name);
        if (file == null) {
            throw new FileNotFoundException(name + " is not on the class path: the model's package is missing");
        }
        return file;
    }

    /**
     * The sum of the vectors of the tokens, which points where their mean does.
     *
     * @param ids of the tokens, marks included; at most {@link WordPieces#MOST_TOKENS} and two
     */
    float[] sum(long[] ids) {
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        long[] shape = {1, ids.length};
        try (OnnxTensor idsTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor typesTensor = OnnxTensor.createTensor(environment, LongBuffer.allocate(ids.length), shape);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idsTensor, "attention_mask", maskTensor, "token_type_ids", typesTensor))) {
            return sum(((OnnxTensor) result.get(0)).getFloatBuffer());
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed on a text of " + ids.length + " tokens", e);
        }
    }

    private static float[] sum(FloatBuffer tokens) {
        float[] sum = new float[DIMENSIONS];
        while (tokens.hasRemaining()) {
            for (int i = 0; i < DIMENSIONS; i++) {
                sum[i] += tokens.get();
            }
        }
        return sum;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot be closed", e);
        }
    }
}
