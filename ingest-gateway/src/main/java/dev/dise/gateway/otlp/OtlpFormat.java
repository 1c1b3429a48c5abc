package dev.dise.gateway.otlp;

import com.google.protobuf.CodedOutputStream;
import dev.dise.schemas.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The two forms of OTLP over HTTP. An answer has the form of its request. */
public enum OtlpFormat {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    /** What is written into protobuf. */
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private final String mediaType;

    OtlpFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of that media type; empty if there is none. */
    public static Optional<OtlpFormat> of(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(mediaType))
                .findFirst();
    }

    /** The value of {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    /**
     * {@code ExportLogsServiceResponse}, with a partial success if there is anything to say.
     *
     * @param rejected how many records will never be stored
     * @param message why
     */
    public byte[] response(long rejected, String message) {
        if (rejected == 0) {
            return this == JSON ? Json.encode(Map.of()) : new byte[0];
        }
        if (this == JSON) {
            // An int64 is a string in JSON.
            Map<String, String> success = new LinkedHashMap<>();
            success.put("rejectedLogRecords", Long.toString(rejected));
            success.put("errorMessage", message);
            return Json.encode(Map.of("partialSuccess", success));
        }
        byte[] success = protobuf(out -> {
            out.writeInt64(1, rejected);
            out.writeString(2, message);
        });
        return protobuf(out -> out.writeByteArray(1, success));
    }

    /** {@code google.rpc.Status}, the answer to a request of which nothing is taken. */
    public byte[] status(int code, String message) {
        if (this == JSON) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("code", code);
            status.put("message", message);
            return Json.encode(status);
        }
        return protobuf(out -> {
            out.writeInt32(1, code);
            out.writeString(2, message);
        });
    }

    private static byte[] protobuf(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return bytes.toByteArray();
    }
}
