package dev.dise.runtime.config;

/**
 * Who may come in.
 *
 * @param required whether a request needs a key
 * @param keysFile the file of the keys; empty if there are none
 */
public record AuthConfig(Required required, String keysFile) {
    /** When a request needs a key. */
    public enum Required {
        /** Unless only this machine can reach the server. */
        AUTO,
        TRUE,
        FALSE
    }

    /** Keys where others can reach the server, and no file of them. */
    public static AuthConfig auto() {
        return new AuthConfig(Required.AUTO, "");
    }

    /** Whether a request to that server needs a key. */
    public boolean isRequiredAt(HttpConfig http) {
        return switch (required) {
            case TRUE -> true;
            case FALSE -> false;
            case AUTO -> !http.servesOnlyThisMachine();
        };
    }

    static AuthConfig from(Section section) {
        AuthConfig config = new AuthConfig(
                section.choice("required", Required.AUTO, Required.values()),
                section.text("keys_file", "").strip());
        section.refuseUnknownKeys();
        return config;
    }
}
