package dev.dise.cli.console;

/** What somebody looks at the console with: so many CSS pixels, and the theme that the system has. */
public enum View {
    LIGHT(1280, 900, "light"),
    DARK(1280, 900, "dark"),
    PHONE(390, 844, "light");

    private final int width;
    private final int height;
    private final String theme;

    View(int width, int height, String theme) {
        this.width = width;
        this.height = height;
        this.theme = theme;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    String theme() {
        return theme;
    }
}
