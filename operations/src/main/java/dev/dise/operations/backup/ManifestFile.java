package dev.dise.operations.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The manifest as a file: JSON, which a person can read too. */
final class ManifestFile {
    static final String NAME = "manifest.json";

    private static final Pattern PATH = Pattern.compile("(topics|postgres|qdrant)/[A-Za-z0-9_][A-Za-z0-9._-]*");

    /** Without the bounds of event data: a backup has as many files as there are partitions of days. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ManifestFile() {}

    /** Writes it, synced to the disk. */
    static void write(BackupFolder folder, Manifest manifest) throws IOException {
        try (OutputStream out = folder.synced(NAME)) {
            out.write(JSON.writeValueAsBytes(manifest));
        }
    }

    /**
     * Reads it.
     *
     * @throws IllegalStateException if the folder is no backup of a format that this version knows
     */
    static Manifest read(Path folder) {
        try {
            Manifest manifest = JSON.readValue(Files.readAllBytes(folder.resolve(NAME)), Manifest.class);
            require(manifest.format() == Manifest.FORMAT, folder, "is of format " + manifest.format());
            // Whoever made the manifest must not lead to files elsewhere.
            require(
                    manifest.files().stream()
                            .allMatch(file -> PATH.matcher(file.path()).matches()),
                    folder,
                    "names files outside of its folder");
            return manifest;
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(
                    folder + " is no backup: it has no " + NAME + ", which is written when a backup is whole", e);
        } catch (JacksonException e) {
            throw new IllegalStateException("the manifest of " + folder + " cannot be read: it was changed", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the manifest of " + folder + " cannot be read", e);
        }
    }

    private static void require(boolean good, Path folder, String what) {
        if (!good) {
            throw new IllegalStateException("the backup in " + folder + " " + what
                    + ", which this version does not read: use the version that wrote it");
        }
    }
}
