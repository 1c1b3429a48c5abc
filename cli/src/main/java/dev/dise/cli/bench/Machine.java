package dev.dise.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Where figures were measured: without it they say nothing. */
public record Machine(int cores, String memory, String os, String jdk, Instant date) {
    /** This machine, now. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memoryInGibibytes() + " GiB",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static long memoryInGibibytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.round(system.getTotalMemorySize() / (double) (1L << 30))
                : 0;
    }
}
