package dev.dise.runtime.config;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a number of bytes is written in the config: {@code 512}, {@code 16KiB}, {@code 8MiB}, {@code 1GiB}. */
final class SizeText {
    static final String EXAMPLES = "16KiB, 8MiB or 1GiB";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)?");
    private static final Map<String, Long> UNITS = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private SizeText() {}

    /** Empty if it is not one. */
    static OptionalLong parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        String unit = matcher.group(2);
        long factor = UNITS.getOrDefault(unit == null ? "B" : unit, 1L);
        return OptionalLong.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
    }

    /** In the largest unit that it is a whole number of. */
    static String of(long bytes) {
        if (bytes >= 1L << 30 && bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "GiB";
        }
        if (bytes >= 1L << 20 && bytes % (1L << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes >= 1L << 10 && bytes % (1L << 10) == 0 ? (bytes >> 10) + "KiB" : Long.toString(bytes);
    }
}
