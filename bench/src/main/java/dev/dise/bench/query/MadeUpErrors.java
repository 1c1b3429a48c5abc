package dev.dise.bench.query;

import java.util.List;
import java.util.SplittableRandom;

/** Errors as tools report them: some hundred kinds, each in many wordings that differ in numbers only. */
record MadeUpErrors(SplittableRandom random) {
    private static final List<String> TYPES = List.of(
            "TimeoutError",
            "JSONDecodeError",
            "ConnectionError",
            "KeyError",
            "ValueError",
            "PermissionError",
            "MemoryError",
            "AssertionError");
    private static final List<String> WHATS = List.of(
            "the provider did not answer", "could not parse the answer", "no such key in the plan", "the test failed");
    private static final int PLACES = 25;

    /** One of them. */
    record MadeUp(String type, String message, String stack) {}

    MadeUp next() {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        String what = WHATS.get(random.nextInt(WHATS.size()));
        String place = "step_" + Character.toString('a' + random.nextInt(PLACES));
        String message = what + " in " + place + " after " + random.nextInt(100_000) + " ms";
        String stack = """
                Traceback (most recent call last):
                  File "/app/run.py", line %d, in main
                  File "/app/%s.py", line %d, in %s
                %s: %s""".formatted(random.nextInt(500), place, random.nextInt(500), place, type, message);
        return new MadeUp(type, message, stack);
    }
}
