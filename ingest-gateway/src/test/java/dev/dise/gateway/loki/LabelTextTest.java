package dev.dise.gateway.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dise.gateway.logs.Bag;
import dev.dise.gateway.logs.PushSize;
import dev.dise.schemas.InvalidEventException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTextTest {
    static Stream<Arguments> labels() {
        return Stream.of(
                arguments("{}", "{}"),
                arguments(" { } ", "{}"),
                arguments("{a=\"b\"}", "{'a':'b'}"),
                arguments("{a=\"b\", c_1=\"d\"}", "{'a':'b','c_1':'d'}"),
                arguments("{ a = \"b\" , }", "{'a':'b'}"),
                arguments("{a=\"\"}", "{'a':''}"),
                arguments("{a=\"x, y=\\\"z\\\"}\"}", "{'a':'x, y=\\'z\\'}'}"),
                arguments("{a=\"C:\\\\dir\\n\\t\"}", "{'a':'C:\\\\dir\\n\\t'}"),
                arguments("{a=`raw \\n \"`}", "{'a':'raw \\\\n \\''}"),
                arguments("{a='b\"'}", "{'a':'b\\''}"),
                arguments("{\"k8s.pod/name\"=\"p\"}", "{'k8s.pod/name':'p'}"),
                arguments("{a=\"\\u00e9 \\U0001F600 \\xc3\\xa9 \\303\\251\"}", "{'a':'é 😀 é é'}"),
                arguments("{a=\"é 😀\"}", "{'a':'é 😀'}"),
                arguments("{a=\"1\",a=\"2\"}", "{'a':'1','a#2':'2'}"));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void readsWhatPrometheusWrites(String text, String expected) {
        assertThat(read(text).replace("\\\"", "\\'").replace('"', '\'')).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "{",
                "{a",
                "{a=",
                "{a=b}",
                "{a=\"b",
                "{a=\"b\"",
                "{a=\"b\" c=\"d\"}",
                "{=\"b\"}",
                "{,}",
                "{a=\"b\"} x",
                "{a=\"\\q\"}",
                "{a=\"\\x4\"}",
                "{a=\"\\U00110000\"}",
                "{a=\"\\uZZZZ\"}",
                "{a=\"\\",
                "{a=`b}"
            })
    void refusesWhatIsNone(String text) {
        assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> read(text));
    }

    private static String read(String text) {
        Bag labels = new Bag();
        LabelText.read(text, labels, new PushSize());
        return labels.object().toString();
    }
}
