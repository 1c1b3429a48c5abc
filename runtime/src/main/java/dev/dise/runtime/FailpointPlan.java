package dev.dise.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failpoints as a plan says them. */
final class FailpointPlan implements Failpoints {
    private static final Logger log = LoggerFactory.getLogger(FailpointPlan.class);
    private static final Pattern STEP =
            Pattern.compile("([\\w.]+)=(halt|throw|park|sleep\\((\\d{1,9})\\))(?:@(\\d{1,9}))?");
    /** What a shell says of a process that was killed. */
    private static final int KILLED = 137;

    private static final int EVERY = 0;

    private final List<Step> steps;
    private final Map<String, Integer> hits = new ConcurrentHashMap<>();

    /**
     * What happens where.
     *
     * @param hit at which hit of the place, counted from 1; {@value #EVERY} at every
     */
    private record Step(String point, Runnable action, int hit) {
        boolean isAt(String reached, int count) {
            return point.equals(reached) && (hit == EVERY || hit == count);
        }
    }

    private FailpointPlan(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    static FailpointPlan parse(String plan) {
        List<Step> steps = new ArrayList<>();
        for (String step : plan.strip().split("\\s*,\\s*", -1)) {
            steps.add(step(step));
        }
        log.atWarn().addKeyValue("plan", plan).log("this process fails on purpose");
        return new FailpointPlan(steps);
    }

    @Override
    public void hit(String point) {
        int count = hits.merge(point, 1, Integer::sum);
        for (Step step : steps) {
            if (step.isAt(point, count)) {
                log.atWarn()
                        .addKeyValue("failpoint", point)
                        .addKeyValue("hit", count)
                        .log("failpoint reached");
                step.action().run();
            }
        }
    }

    private static Step step(String text) {
        Matcher step = STEP.matcher(text);
        if (!step.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no failpoint: write place=action or place=action@hit,"
                    + " where the action is halt, throw, park or sleep(millis)");
        }
        String point = step.group(1);
        int hit = step.group(4) == null ? EVERY : Integer.parseInt(step.group(4));
        return new Step(point, action(point, step.group(2), step.group(3)), hit);
    }

    private static Runnable action(String point, String word, String millis) {
        return switch (word) {
            case "halt" -> () -> Runtime.getRuntime().halt(KILLED);
            case "throw" ->
                () -> {
                    throw new IllegalStateException("failpoint " + point);
                };
            case "park" -> () -> pause(Long.MAX_VALUE);
            default -> () -> pause(Long.parseLong(millis));
        };
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            // Whoever interrupts wants the thread to go on, and to know of it.
            Thread.currentThread().interrupt();
        }
    }
}
