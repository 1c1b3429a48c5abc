package dev.dise.gateway.otlp;

import dev.dise.gateway.logs.PushRefusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads fields as protobuf's JSON mapping has them: a field that is left out or null has the value of its type that is none. */
final class JsonFields {
    /** What no integer of 64 bits needs, so that a short text cannot ask for a long number. */
    private static final int MAX_DIGITS = 40;

    private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private JsonFields() {}

    static boolean isLeftOut(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** A message, or null if it is left out. */
    static @Nullable JsonNode message(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        if (isLeftOut(value)) {
            return null;
        }
        require(value.isObject(), name + " must be an object");
        return value;
    }

    /** The messages of a repeated field. */
    static Iterable<JsonNode> messages(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        if (isLeftOut(value)) {
            return List.of();
        }
        require(value.isArray(), name + " must be an array");
        value.forEach(element -> require(element.isObject(), name + " must have objects"));
        return value;
    }

    static String text(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        if (isLeftOut(value)) {
            return "";
        }
        require(value.isString(), name + " must be a string");
        return value.stringValue();
    }

    /** An integer of up to 64 bits, as a number or a string; unsigned ones beyond a long come out negative. */
    static long integer(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        return isLeftOut(value) ? 0 : wholeNumber(value, name);
    }

    /** The integer that a value is. */
    static long wholeNumber(JsonNode value, String name) {
        require(value.isNumber() || value.isString(), name + " must be a whole number");
        String text = value.asString();
        require(text.length() <= MAX_DIGITS, name + " must have 64 bits");
        try {
            BigDecimal number = new BigDecimal(text);
            require(Math.abs((long) number.precision() - number.scale()) <= MAX_DIGITS, name + " must have 64 bits");
            BigInteger whole = number.toBigIntegerExact();
            require(whole.bitLength() < Long.SIZE || isUnsigned(whole), name + " must have 64 bits");
            return whole.longValue();
        } catch (ArithmeticException | NumberFormatException e) {
            throw PushRefusal.malformed(name + " must be a whole number");
        }
    }

    static void require(boolean holds, String rule) {
        if (!holds) {
            throw PushRefusal.malformed(rule);
        }
    }

    private static boolean isUnsigned(BigInteger whole) {
        return whole.signum() >= 0 && whole.compareTo(MAX_UNSIGNED) <= 0;
    }
}
