package dev.dise.localdev;

import java.nio.file.Path;
import org.testcontainers.utility.DockerImageName;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The images of the compose file, so that tests and people run the same. */
final class ComposeImages {
    private static final JsonNode SERVICES = new YAMLMapper()
            .readTree(Path.of("..", "docker-compose.localdev.yml"))
            .path("services");

    private ComposeImages() {}

    static DockerImageName of(String service) {
        return DockerImageName.parse(SERVICES.path(service).path("image").stringValue());
    }

    /** A setting of the service's environment. */
    static String environment(String service, String name) {
        return SERVICES.path(service).path("environment").path(name).asString();
    }
}
