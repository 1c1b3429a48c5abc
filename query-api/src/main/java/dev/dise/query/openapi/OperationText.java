package dev.dise.query.openapi;

import dev.dise.query.Resources;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes an operation of OpenAPI of an entry in a fragment. */
record OperationText(Fragment fragment, String tag, ObjectNode said) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String JSON = "application/json";
    /** What says something of a parameter and nothing of its values. */
    private static final Set<String> OF_PARAMETER = Set.of("description", "example", "required");

    ObjectNode operation() {
        ObjectNode operation = NODES.objectNode();
        operation.putArray("tags").add(tag);
        operation.set("summary", said.get("summary"));
        if (said.has("description")) {
            operation.set("description", said.get("description"));
        }
        ArrayNode parameters = operation.putArray("parameters");
        said.path("path").forEachEntry((name, parameter) -> parameters.add(parameter("path", name, parameter)));
        query().forEachEntry((name, parameter) -> parameters.add(parameter("query", name, parameter)));
        if (said.has("exactlyOne")) {
            operation.set("x-exactly-one", said.get("exactlyOne"));
        }
        if (said.has("body")) {
            operation.set("requestBody", body());
        }
        operation.set("responses", responses());
        operation.set("security", security());
        return operation;
    }

    private String scope() {
        return said.path("scope").asString(fragment.scope());
    }

    private ObjectNode query() {
        ObjectNode all = NODES.objectNode();
        String like = said.path("like").asString("");
        Resources.ALL.stream().filter(resource -> resource.view().equals(like)).forEach(resource -> {
            all.setAll(new ListDescription(resource).filters());
            if (!said.path("unpaged").asBoolean(false)) {
                all.setAll(ListDescription.page());
            }
        });
        said.path("use").forEach(set -> all.setAll(fragment.set(set.stringValue())));
        if (said.path("query") instanceof ObjectNode own) {
            all.setAll(own);
        }
        return all;
    }

    private static ObjectNode parameter(String in, String name, JsonNode text) {
        ObjectNode parameter = NODES.objectNode().put("name", name).put("in", in);
        parameter.put("required", in.equals("path") || text.path("required").asBoolean(false));
        if (text.has("description")) {
            parameter.set("description", text.get("description"));
        }
        if (text.has("example")) {
            parameter.set("example", text.get("example"));
        }
        ObjectNode schema = parameter.putObject("schema");
        text.forEachEntry((key, value) -> {
            if (!OF_PARAMETER.contains(key)) {
                schema.set(key, value);
            }
        });
        if (schema.isEmpty()) {
            schema.put("type", "string");
        }
        return parameter;
    }

    private ObjectNode body() {
        ObjectNode schema = NODES.objectNode().put("type", "object").put("additionalProperties", false);
        schema.setAll((ObjectNode) said.get("body"));
        if (schema.path("properties") instanceof ObjectNode properties) {
            said.path("bodySets")
                    .forEach(set -> fragment.set(set.stringValue())
                            .forEachEntry((name, text) -> properties.set(
                                    name, parameter("query", name, text).get("schema"))));
        }
        ObjectNode body = NODES.objectNode().put("required", true);
        ObjectNode content = body.putObject("content").putObject(JSON);
        content.set("schema", schema);
        content.set("example", said.get("bodyExample"));
        return body;
    }

    private ObjectNode responses() {
        ObjectNode responses = NODES.objectNode();
        String status = Integer.toString(said.path("status").asInt(200));
        String media = said.path("media").asString(JSON);
        boolean job = said.path("job").asBoolean(false);
        if (said.has("answer") || !job) {
            ObjectNode answer = responses.putObject(status).put("description", "The answer");
            if (!media.equals("none")) {
                ObjectNode content = answer.putObject("content").putObject(media);
                if (said.has("answer")) {
                    content.set("schema", said.get("answer"));
                }
            }
        }
        if (job) {
            responses
                    .putObject("202")
                    .put("description", "The job that does it")
                    .putObject("content")
                    .putObject(JSON)
                    .putObject("schema")
                    .put("$ref", "#/components/schemas/Job");
        }
        problems(responses);
        said.path("also").forEachEntry((code, other) -> also(responses, code, other));
        return responses;
    }

    /** An answer beside the others of its status. */
    private static void also(ObjectNode responses, String status, JsonNode other) {
        boolean isProblem = responses.path(status).has("$ref");
        ObjectNode response = responses.putObject(status);
        response.set("description", other.get("description"));
        if (other.has("schema")) {
            response.withObject("content").putObject(JSON).set("schema", other.get("schema"));
        }
        if (isProblem) {
            response.withObject("content")
                    .putObject("application/problem+json")
                    .putObject("schema")
                    .put("$ref", "#/components/schemas/Problem");
        }
    }

    private void problems(ObjectNode responses) {
        if (scope().equals("none")) {
            if (said.has("path")) {
                problem(responses, "404");
            }
            if (said.has("answer")) {
                responses
                        .putObject("503")
                        .put("description", "Not ready")
                        .putObject("content")
                        .putObject(JSON);
            }
            return;
        }
        for (String status : List.of("400", "401", "403", "429", "500", "503")) {
            problem(responses, status);
        }
        if (said.has("path")) {
            problem(responses, "404");
        }
        said.path("refuses").forEach(status -> problem(responses, status.stringValue()));
        if (said.has("body")) {
            problem(responses, "415");
            problem(responses, "409");
        }
    }

    private static void problem(ObjectNode responses, String status) {
        responses.putObject(status).put("$ref", "#/components/responses/Problem" + status);
    }

    /** Any of these; with none where the service asks for no key. */
    private ArrayNode security() {
        ArrayNode ways = NODES.arrayNode();
        if (!scope().equals("none")) {
            ways.addObject().putArray("bearer").add(scope());
            ways.addObject().putArray("api_key").add(scope());
            ways.addObject();
        }
        return ways;
    }
}
