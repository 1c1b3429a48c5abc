package dev.dise.runtime.config;

import org.jspecify.annotations.Nullable;

/** Who connects to a store, and how it proves that. */
public record Login(String user, Secret password) {
    /** Of a section with both; the fallback if no user is named. */
    static Login from(Section section, Login fallback) {
        Login login = find(section);
        return login == null ? fallback : login;
    }

    /** Of a section with both; null if no user is named. */
    static @Nullable Login find(Section section) {
        String user = section.text("user", "");
        Login login = new Login(user, section.secret("password"));
        section.refuseUnknownKeys();
        return user.isBlank() ? null : login;
    }
}
