package dev.dise.runtime.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where rows go before retention drops them.
 *
 * @param target a folder, {@code s3://bucket/prefix}, {@code none} to drop without an archive, or empty
 * @param endpoint address of an S3 server that is not Amazon's; empty for Amazon's
 * @param accessKey empty for what the process has from its surroundings, as an instance profile
 */
public record ArchiveConfig(String target, String endpoint, String region, Secret accessKey, Secret secretKey) {
    private static final Pattern BUCKET = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

    /** The kinds of target. */
    public enum Kind {
        /** Nobody has said where to. */
        UNSET,
        /** A person decided that rows are dropped without an archive. */
        NONE,
        FOLDER,
        S3
    }

    /**
     * A bucket of a {@code s3://} target.
     *
     * @param prefix what the names of all objects begin with, without a slash at either end; may be empty
     */
    public record Bucket(String name, String prefix) {}

    /** No archive, and no decision against one. */
    public static ArchiveConfig unset() {
        return to("");
    }

    /** A target that needs nothing else: a folder, {@code none}, or a bucket with the keys of the surroundings. */
    public static ArchiveConfig to(String target) {
        return new ArchiveConfig(target, "", "us-east-1", new Secret(""), new Secret(""));
    }

    static ArchiveConfig from(Section section) {
        ArchiveConfig config = new ArchiveConfig(
                section.text("target", "").strip(),
                section.text("endpoint", "").strip(),
                section.requiredText("region", "us-east-1"),
                section.secret("access_key"),
                section.secret("secret_key"));
        if (config.kind() == Kind.S3 && !BUCKET.matcher(config.target).matches()) {
            section.mistake("target", "must be as in s3://bucket/prefix but is '" + config.target + "'");
        }
        if (!config.endpoint.isEmpty() && !config.endpoint.matches("https?://[^/@]+/?")) {
            section.mistake("endpoint", "must be as in https://host:9000 but is '" + config.endpoint + "'");
        }
        if (config.accessKey.value().isEmpty() != config.secretKey.value().isEmpty()) {
            section.mistake("access_key", "and secret_key must both be set, or neither");
        }
        section.refuseUnknownKeys();
        return config;
    }

    /** What the target names. */
    public Kind kind() {
        if (target.isEmpty()) {
            return Kind.UNSET;
        }
        if (target.equals("none")) {
            return Kind.NONE;
        }
        return target.startsWith("s3:") ? Kind.S3 : Kind.FOLDER;
    }

    /** The bucket of a target of kind S3. */
    public Bucket bucket() {
        Matcher matcher = BUCKET.matcher(target);
        if (!matcher.matches()) {
            throw new IllegalStateException("the archive's target is no bucket");
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2).replaceAll("^/+|/+$", "");
        return new Bucket(matcher.group(1), prefix);
    }
}
