package dev.dise.query.export;

import dev.dise.schemas.Json;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines as RFC 4180 says. No value is an empty cell, an empty text is two quotes; a column of JSON has its JSON.
 *
 * <p>Spreadsheets take a text that begins with {@code = + - @}, a tab or a line end for a formula and may run it. Texts come
 * from anybody's tools, so an apostrophe is put before such a one, and before one that begins with an apostrophe: whoever
 * takes one apostrophe away from the begin of a text has it as it was. Numbers stay as they are.
 */
final class Csv {
    private static final String LINE_END = "\r\n";
    private static final String SEEMS_A_FORMULA = "=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20";
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]|^ | $");

    private Csv() {}

    static String names(List<String> columns) {
        return columns.stream().map(Csv::cell).collect(Collectors.joining(",", "", LINE_END));
    }

    static String line(ObjectNode row) {
        return row.valueStream().map(Csv::cell).collect(Collectors.joining(",", "", LINE_END));
    }

    private static String cell(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isString() ? text(value.stringValue()) : cell(Json.mapper().writeValueAsString(value));
    }

    private static String text(String text) {
        if (text.isEmpty()) {
            return "\"\"";
        }
        return cell(SEEMS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? '\'' + text : text);
    }

    private static String cell(String text) {
        return NEEDS_QUOTES.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
