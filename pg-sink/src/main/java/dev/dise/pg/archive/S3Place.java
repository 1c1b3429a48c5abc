package dev.dise.pg.archive;

/**
 * The part of a bucket that an archive has.
 *
 * @param prefix what all its keys begin with, with a slash at the end
 */
record S3Place(String bucket, String prefix) {
    String key(String name) {
        return prefix + name;
    }

    String name(String key) {
        return key.substring(prefix.length());
    }

    /** The file as a person finds it. */
    String address(String name) {
        return "s3://" + bucket + "/" + key(name);
    }
}
