package dev.dise.runtime.config;

import java.util.regex.Pattern;

/** Which keys of free-form settings hold secrets. */
final class SecretKeys {
    private static final Pattern SECRET = Pattern.compile(
            "password|secret|token|jaas|key(?!store\\.(type|location))|credential", Pattern.CASE_INSENSITIVE);

    private SecretKeys() {}

    static boolean matches(String key) {
        return SECRET.matcher(key).find();
    }
}
