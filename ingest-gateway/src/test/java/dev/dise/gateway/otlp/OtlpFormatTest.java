package dev.dise.gateway.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.gateway.logs.Proto;
import org.junit.jupiter.api.Test;

class OtlpFormatTest {
    @Test
    void answersInTheFormOfTheRequest() {
        assertThat(OtlpFormat.PROTOBUF.response(0, "")).isEmpty();
        assertThat(OtlpFormat.JSON.response(0, "")).asString(UTF_8).isEqualTo("{}");
        assertThat(OtlpFormat.PROTOBUF.response(2, "why"))
                .isEqualTo(Proto.message()
                        .message(1, Proto.message().varint(1, 2).text(2, "why"))
                        .toBytes());
        assertThat(OtlpFormat.JSON.response(2, "why"))
                .asString(UTF_8)
                .isEqualTo("{\"partialSuccess\":{\"rejectedLogRecords\":\"2\",\"errorMessage\":\"why\"}}");
        assertThat(OtlpFormat.PROTOBUF.status(3, "why"))
                .isEqualTo(Proto.message().varint(1, 3).text(2, "why").toBytes());
        assertThat(OtlpFormat.JSON.status(3, "why")).asString(UTF_8).isEqualTo("{\"code\":3,\"message\":\"why\"}");
    }
}
