package dev.dise.gateway.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.gateway.logs.Proto;
import java.util.HexFormat;

/** The same request in both forms, with every field that there is. */
final class OtlpBodies {
    static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    static final String SPAN_ID = "b7ad6b7169203331";

    private OtlpBodies() {}

    static byte[] protobuf() {
        Proto resource = Proto.message()
                .message(1, pair("service.name", string("svc")))
                .message(1, pair("host.cpus", Proto.message().varint(3, 4)))
                .varint(2, 1);
        Proto scope = Proto.message()
                .text(1, "lib")
                .text(2, "1.0")
                .message(3, pair("k", string("v")))
                .varint(4, 2);
        Proto record = Proto.message()
                .fixed64(1, 1_769_847_300_123_456_789L)
                .fixed64(11, 1_769_847_300_200_000_000L)
                .varint(2, 17)
                .text(3, "ERROR")
                .message(5, string("it broke"))
                .message(6, pair("exception.type", string("java.lang.Error")))
                .message(6, pair("all", everyKind()))
                .varint(7, 3)
                .fixed32(8, 0x101)
                .bytes(9, HexFormat.of().parseHex(TRACE_ID))
                .bytes(10, HexFormat.of().parseHex(SPAN_ID))
                .text(12, "app.failed")
                .text(99, "unknown");
        return request(resource, scope, record);
    }

    static byte[] json() {
        return """
                {"resourceLogs":[{"resource":{"attributes":[
                      {"key":"service.name","value":{"stringValue":"svc"}},
                      {"key":"host.cpus","value":{"intValue":"4"}}],"droppedAttributesCount":1},
                  "scopeLogs":[{"scope":{"name":"lib","version":"1.0",
                      "attributes":[{"key":"k","value":{"stringValue":"v"}}],"droppedAttributesCount":2},
                    "logRecords":[{"timeUnixNano":"1769847300123456789","observedTimeUnixNano":1769847300200000000,
                      "severityNumber":17,"severityText":"ERROR","body":{"stringValue":"it broke"},
                      "attributes":[{"key":"exception.type","value":{"stringValue":"java.lang.Error"}},
                        {"key":"all","value":{"arrayValue":{"values":[{"boolValue":true},{"intValue":-5},
                          {"doubleValue":1.5},{"doubleValue":"NaN"},{"doubleValue":"-Infinity"},{"bytesValue":"AQID"},
                          {},{"kvlistValue":{"values":[{"key":"d","value":{"stringValue":"1"}},
                            {"key":"d","value":{"stringValue":"2"}},{"key":"e"}]}},{"arrayValue":{}}]}}}],
                      "droppedAttributesCount":3,"flags":257,"traceId":"0AF7651916CD43DD8448EB211C80319C",
                      "spanId":"b7ad6b7169203331","eventName":"app.failed","unknown":[{}]}],
                    "schemaUrl":"urn:scope"}],
                  "schemaUrl":"urn:resource"}]}
                """.getBytes(UTF_8);
    }

    /** A request of one record; its resource and scope stand behind what they belong to. */
    static byte[] request(Proto resource, Proto scope, Proto... records) {
        Proto scopeLogs = Proto.message();
        for (Proto record : records) {
            scopeLogs.message(2, record);
        }
        scopeLogs.message(1, scope).text(3, "urn:scope");
        Proto resourceLogs =
                Proto.message().message(2, scopeLogs).message(1, resource).text(3, "urn:resource");
        return Proto.message().message(1, resourceLogs).toBytes();
    }

    static Proto pair(String key, Proto value) {
        return Proto.message().text(1, key).message(2, value);
    }

    static Proto string(String value) {
        return Proto.message().text(1, value);
    }

    private static Proto everyKind() {
        Proto pairs = Proto.message()
                .message(1, pair("d", string("1")))
                .message(1, pair("d", string("2")))
                .message(1, Proto.message().text(1, "e"));
        Proto array = Proto.message()
                .message(1, Proto.message().varint(2, 1))
                .message(1, Proto.message().varint(3, -5))
                .message(1, Proto.message().number(4, 1.5))
                .message(1, Proto.message().number(4, Double.NaN))
                .message(1, Proto.message().number(4, Double.NEGATIVE_INFINITY))
                .message(1, Proto.message().bytes(7, new byte[] {1, 2, 3}))
                .message(1, Proto.message())
                .message(1, Proto.message().message(6, pairs))
                .message(1, Proto.message().message(5, Proto.message()));
        return Proto.message().message(5, array);
    }
}
