package dev.dise.pg.archive;

/**
 * The part of a bucket that an archive has.
 *
 * @param prefix what all its keys begin with, with a slash at the end
 */
record S3Place(String bucket, String prefix) {
    /** A name may lead to the folder beside this one: a generation reads the files of another one. */
    private static final String BESIDE = "../";

    String key(String name) {
        return name.startsWith(BESIDE)
                ? prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1)
                        + name.substring(BESIDE.length())
                : prefix + name;
    }

    String name(String key) {
        return key.substring(prefix.length());
    }

    /** The file as a person finds it. */
    String address(String name) {
        return "s3://" + bucket + "/" + key(name);
    }
}
