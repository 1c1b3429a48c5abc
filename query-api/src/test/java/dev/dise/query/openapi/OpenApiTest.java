package dev.dise.query.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.query.console.ConsoleFile;
import dev.dise.query.console.ConsoleFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    private final JsonNode document = OpenApi.document();

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collect(document, references);
        assertThat(references)
                .isNotEmpty()
                .allMatch(reference -> !document.at(reference.substring(1)).isMissingNode());
    }

    @Test
    void everyParameterSaysWhatItIsAndHasAnExample() {
        document.get("paths")
                .forEachEntry((path, operations) -> operations.forEach(operation -> operation
                        .get("parameters")
                        .forEach(parameter -> {
                            assertThat(parameter.has("example")
                                            || parameter
                                                    .get("name")
                                                    .stringValue()
                                                    .equals("after"))
                                    .as("%s %s", path, parameter)
                                    .isTrue();
                            if (parameter.get("in").stringValue().equals("query")) {
                                assertThat(parameter.path("description").asString(""))
                                        .as("%s %s", path, parameter)
                                        .isNotEmpty();
                            }
                        })));
    }

    @Test
    void whatChangesAnythingNeedsAScopeOfItsOwn() {
        document.get("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
                    if (path.startsWith("/v1/")) {
                        String scope = operation.at("/security/0/bearer/0").stringValue();
                        assertThat(scope).as(path).isEqualTo(wantedScope(method, path));
                    }
                }));
    }

    private static String wantedScope(String method, String path) {
        if (path.equals("/v1/sql")) {
            return "sql";
        }
        return path.startsWith("/v1/admin/") ? "admin" : method.equals("post") ? "emit" : "query";
    }

    @Test
    void everyPathIsInTheDocs() throws IOException {
        String docs = Files.readString(Path.of("../docs/http-query.md"));
        List<String> paths = document.get("paths").propertyNames().stream()
                .filter(path ->
                        !path.startsWith("/v1/admin/") && !path.endsWith("/export") && !path.equals("/console/"))
                .toList();
        assertThat(paths)
                .isNotEmpty()
                .allMatch(path -> Pattern.compile("`(POST )?" + Pattern.quote(path) + "`")
                        .matcher(docs)
                        .find());
    }

    /** One import map, whose hash is in the policy of both pages; and nothing from elsewhere. */
    @Test
    void thePageMayBeShownUnderThePolicyOfTheConsole() {
        ConsoleFiles files = new ConsoleFiles();
        String page = text(files, "docs.html");
        assertThat(importMap(page)).isEqualTo(importMap(text(files, "index.html")));
        assertThat(page + text(files, "docs.js")).doesNotContain("http://", "https://", "style=", "onclick");
    }

    private static String importMap(String html) {
        int begin = html.indexOf("<script type=\"importmap\">");
        return html.substring(begin, html.indexOf("</script>", begin));
    }

    private static String text(ConsoleFiles files, String name) {
        return files.find(name)
                .map(ConsoleFile::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.path("$ref").isString()) {
            references.add(node.get("$ref").stringValue());
        }
        node.forEach(child -> collect(child, references));
    }
}
