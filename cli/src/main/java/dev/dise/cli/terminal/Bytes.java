package dev.dise.cli.terminal;

import java.util.List;

/** Sizes as people read them. */
public final class Bytes {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Bytes() {}

    /** In the largest unit of which there is at least one: {@code 12.3 MiB}. */
    public static String text(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.size() - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS.get(unit));
    }
}
