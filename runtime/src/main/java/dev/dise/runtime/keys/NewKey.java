package dev.dise.runtime.keys;

/**
 * A key that was just made.
 *
 * @param key what is kept of it
 * @param text the key itself, which nobody can show a second time
 */
public record NewKey(ApiKey key, String text) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "NewKey[" + key.keyId() + "]";
    }
}
