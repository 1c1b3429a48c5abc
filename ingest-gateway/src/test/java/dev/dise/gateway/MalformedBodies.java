package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Bodies that are not one strict JSON object, by the numbers of the classes of bad input. */
final class MalformedBodies {
    static final String GOOD = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";

    private MalformedBodies() {}

    static Stream<Arguments> all() {
        return Stream.of(
                        badBytes(),
                        badSyntax(),
                        bombs(),
                        Stream.of("", "  \n ", "[" + GOOD + "]", "\"x\"", "null", "12")
                                .map(body -> argumentSet("45 root or empty: " + body, body.getBytes(UTF_8))))
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> badBytes() {
        return Stream.of(
                argumentSet("24 byte-order mark", ("\uFEFF" + GOOD).getBytes(UTF_8)),
                argumentSet("25 UTF-16LE", GOOD.getBytes(Charset.forName("UTF-16LE"))),
                argumentSet("25 UTF-16BE", GOOD.getBytes(Charset.forName("UTF-16BE"))),
                argumentSet("25 UTF-32LE", GOOD.getBytes(Charset.forName("UTF-32LE"))),
                argumentSet("25 UTF-32BE", GOOD.getBytes(Charset.forName("UTF-32BE"))),
                argumentSet("26 FF", message(0xFF)),
                argumentSet("27 overlong NUL", message(0xC0, 0x80)),
                argumentSet("29 beyond 10FFFF", message(0xF4, 0x90, 0x80, 0x80)),
                argumentSet("28 surrogate", message(0xED, 0xA0, 0x80)),
                argumentSet("30 truncated", message(0xE2, 0x82)),
                argumentSet("31 control character", message(0x01)),
                argumentSet("31 zero byte", message(0x00)));
    }

    private static Stream<Arguments> badSyntax() {
        Stream<String> values = Stream.of(
                "NaN",
                "Infinity",
                "-Infinity",
                "01",
                "0x1",
                "+1",
                ".5",
                "1.",
                "'x'",
                "[1,]",
                "/*c*/1",
                "1//c",
                "1 2",
                "tru",
                "\"\\x\"",
                "[1",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "{\"a\"}",
                "{,}",
                "\"\\u00\"");
        return Stream.concat(
                values.map(value -> argumentSet("32-36, 44: " + value, details("{\"v\":" + value + "}"))),
                Stream.of(GOOD + GOOD, GOOD + "x", GOOD.substring(1), GOOD.substring(0, 30), "{" + GOOD)
                        .map(body -> argumentSet("35, 36: " + body, body.getBytes(UTF_8))));
    }

    private static Stream<Arguments> bombs() {
        String manyKeys =
                IntStream.range(0, 60_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        return Stream.of(
                argumentSet("37 depth 65", details(nested(64))),
                argumentSet("37 depth 1,001", details(nested(1001))),
                argumentSet("37 depth 100,000", details(nested(100_000))),
                argumentSet("38 60,000 keys", details(manyKeys)),
                argumentSet("39 long name", details("{\"" + "n".repeat(257) + "\":1}")),
                argumentSet("41 129 digits", details("{\"v\":" + "9".repeat(129) + "}")),
                argumentSet("42 exponent", details("{\"v\":1e131071}")),
                argumentSet("42 negative exponent", details("{\"v\":1e-131071}")),
                argumentSet("42 exponent beyond int", details("{\"v\":1e2147483648}")),
                argumentSet("42 exponent beyond long", details("{\"v\":1e99999999999999999999}")));
    }

    private static byte[] message(int... inside) {
        byte[] bytes = new byte[inside.length];
        IntStream.range(0, inside.length).forEach(i -> bytes[i] = (byte) inside[i]);
        String[] around = GOOD.split("\"m\"", -1);
        return concat((around[0] + "\"").getBytes(UTF_8), bytes, ("\"" + around[1]).getBytes(UTF_8));
    }

    private static byte[] details(String json) {
        return GOOD.replace("}", ",\"details\":" + json + "}").getBytes(UTF_8);
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    static byte[] concat(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
