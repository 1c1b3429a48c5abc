package dev.dise.query;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.dise.query.client.QueryClient;
import dev.dise.schemas.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the service as it is served, and what an answer must be by it. */
record Described(JsonNode document) {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    /** One operation. */
    record Call(String method, String path, JsonNode operation) {
        List<JsonNode> parameters() {
            return operation.path("parameters").valueStream().toList();
        }

        @Nullable
        JsonNode bodyExample() {
            JsonNode content = operation.at("/requestBody/content/application~1json");
            return content.isMissingNode() ? null : content.get("example");
        }

        ObjectNode bodyProperties() {
            return operation.at("/requestBody/content/application~1json/schema/properties")
                            instanceof ObjectNode properties
                    ? properties
                    : Json.mapper().createObjectNode();
        }

        /** The status of a good answer, which is told first. */
        int good() {
            return Integer.parseInt(
                    operation.get("responses").propertyNames().iterator().next());
        }

        /** With the examples of the required parameters, or of all. */
        String address(boolean all) {
            return address(parameter -> all || isRequired(parameter), null, "");
        }

        /** The same with another value of one parameter. */
        String address(JsonNode changed, String value) {
            return address(parameter -> parameter.equals(changed) || isRequired(parameter), changed, value);
        }

        /** Of parameters that exclude each other that which is changed, or else the first. */
        private List<JsonNode> parametersTogether(@Nullable JsonNode changed) {
            List<String> exclusive = operation
                    .path("x-exactly-one")
                    .valueStream()
                    .map(JsonNode::stringValue)
                    .toList();
            String chosen = changed != null && exclusive.contains(nameOf(changed))
                    ? nameOf(changed)
                    : exclusive.isEmpty() ? "" : exclusive.getFirst();
            return parameters().stream()
                    .filter(parameter -> !exclusive.contains(nameOf(parameter))
                            || nameOf(parameter).equals(chosen))
                    .toList();
        }

        private boolean isRequired(JsonNode parameter) {
            return parameter.get("required").booleanValue()
                    || operation
                            .path("x-exactly-one")
                            .valueStream()
                            .anyMatch(name -> name.stringValue().equals(nameOf(parameter)));
        }

        private static String nameOf(JsonNode parameter) {
            return parameter.get("name").stringValue();
        }

        private String address(Function<JsonNode, Boolean> wanted, @Nullable JsonNode changed, String value) {
            String address = path;
            List<String> query = new ArrayList<>();
            for (JsonNode parameter : parametersTogether(changed)) {
                String name = parameter.get("name").stringValue();
                JsonNode example = parameter.path("example");
                String text = parameter.equals(changed)
                        ? value
                        : example.isArray() ? example.get(0).asString() : example.asString("");
                if (parameter.get("in").stringValue().equals("path")) {
                    address = address.replace("{" + name + "}", QueryClient.segment(text));
                } else if (wanted.apply(parameter) && !(text.isEmpty() && changed == null)) {
                    query.add(encode(name.replace("*", "k")) + "=" + encode(text));
                }
            }
            return address + (query.isEmpty() ? "" : "?" + String.join("&", query));
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        document.get("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry(
                        (method, operation) -> calls.add(new Call(method.toUpperCase(Locale.ROOT), path, operation))));
        return calls;
    }

    /** What an answer of that status is said to be; null if no such is. */
    private @Nullable JsonNode response(Call call, int status) {
        JsonNode response = call.operation().get("responses").path(Integer.toString(status));
        String reference = response.path("$ref").asString("");
        if (!reference.isEmpty()) {
            return document.at(reference.substring(1));
        }
        return response.isMissingNode() ? null : response;
    }

    /** How an answer differs from what is said; empty if it does not. */
    String differences(Call call, int status, String mediaType, String body) {
        JsonNode response = response(call, status);
        if (response == null) {
            return "status " + status + " is not described: " + body;
        }
        JsonNode contents = response.path("content");
        if (contents.isMissingNode()) {
            return body.isEmpty() ? "" : "has a body";
        }
        JsonNode content = contents.path(mediaType);
        if (content.isMissingNode()) {
            return "media type " + mediaType + " is not described";
        }
        return content.has("schema") ? errors(content.get("schema"), body) : "";
    }

    private String errors(JsonNode schema, String body) {
        ObjectNode whole = Json.mapper().createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.get("components"));
        Schema compiled = SCHEMAS.getSchema(whole);
        List<Error> errors = compiled.validate(Json.mapper().readTree(body));
        return errors.stream().map(Error::toString).collect(Collectors.joining("; "));
    }
}
