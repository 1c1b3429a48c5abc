package dev.dise.runtime.config;

/** Who connects to a store, and how it proves that. */
public record Login(String user, Secret password) {
    /** Of a section with both; the fallback if no user is named. */
    static Login from(Section section, Login fallback) {
        String user = section.text("user", "");
        Login login = new Login(user, section.secret("password"));
        section.refuseUnknownKeys();
        return user.isBlank() ? fallback : login;
    }
}
