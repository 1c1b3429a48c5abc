package dev.dise.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Measures the memory of this process and of the servers that it has started; on Linux only. */
final class ProcessTree {
    private static final String OWN_SHARE = "Pss:";

    private ProcessTree() {}

    /**
     * Mebibytes of memory, pages that processes share counted once.
     *
     * @param folder the servers' state: a process that names it belongs to the tree
     */
    static OptionalLong mebibytes(Path folder) {
        if (!Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            return OptionalLong.empty();
        }
        String marker = folder.toAbsolutePath().normalize().toString();
        long kibibytes = ProcessHandle.allProcesses()
                .filter(process -> belongs(process, marker))
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid)
                .distinct()
                .mapToLong(ProcessTree::kibibytes)
                .sum();
        return OptionalLong.of(kibibytes / 1024);
    }

    private static boolean belongs(ProcessHandle process, String marker) {
        return process.pid() == ProcessHandle.current().pid()
                || commandLine(process.pid()).contains(marker);
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException e) {
            // It has ended in between: then it has no memory either.
            return "";
        }
    }

    private static long kibibytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(OWN_SHARE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            // Ended in between, as above.
            return 0;
        }
    }
}
