package dev.dise.rag.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QdrantErrorsTest {
    @ParameterizedTest
    @EnumSource(
            names = {
                "UNAVAILABLE",
                "DEADLINE_EXCEEDED",
                "RESOURCE_EXHAUSTED",
                "INTERNAL",
                "ABORTED",
                "FAILED_PRECONDITION"
            })
    void anOutageCostsTime(Status.Code code) {
        assertThat(QdrantErrors.sorted(failure(code))).hasMessageContaining(code.name());
        assertThat(QdrantErrors.isAboutPoints(failure(code))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND", "UNAUTHENTICATED", "PERMISSION_DENIED", "UNIMPLEMENTED", "DATA_LOSS"})
    void wrongSetUpIsForAPerson(Status.Code code) {
        assertThatIllegalStateException()
                .isThrownBy(() -> throwing(QdrantErrors.sorted(failure(code))))
                .withMessageContaining(code.name());
    }

    @Test
    void anInvalidArgumentIsAboutAPoint() {
        assertThat(QdrantErrors.isAboutPoints(failure(Status.Code.INVALID_ARGUMENT)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "-1, 0", "100000, 600", "soon, 0"})
    void aServerThatSaysHowLongIsLeftAloneSoLong(String said, long seconds) {
        Metadata trailers = new Metadata();
        trailers.put(Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER), said);
        var failure = new ExecutionException(Status.RESOURCE_EXHAUSTED.asRuntimeException(trailers));
        assertThat(QdrantErrors.sorted(failure).leastWait()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(QdrantErrors.sorted(failure(Status.Code.RESOURCE_EXHAUSTED)).leastWait())
                .isZero();
    }

    @Test
    void whatIsNoAnswerAtAllIsAnOutage() {
        assertThat(QdrantErrors.sorted(new TimeoutException())).hasMessageContaining("DEADLINE_EXCEEDED");
        assertThat(QdrantErrors.sorted(new ExecutionException(new IOException("reset"))))
                .hasMessageContaining("UNKNOWN");
    }

    private static ExecutionException failure(Status.Code code) {
        return new ExecutionException(Status.fromCode(code).asRuntimeException());
    }

    private static void throwing(Exception answer) throws Exception {
        throw answer;
    }
}
