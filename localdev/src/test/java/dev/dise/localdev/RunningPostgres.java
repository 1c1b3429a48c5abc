package dev.dise.localdev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The PostgreSQL server of a stack as the operating system sees it, to be stopped and started behind the stack's back. */
record RunningPostgres(ProcessHandle process, List<String> command, Path folder) {

    static RunningPostgres in(Path state) throws IOException {
        Path folder = state.resolve("postgres").resolve("cluster");
        String pid = Files.readAllLines(folder.resolve("postmaster.pid")).get(0);
        ProcessHandle process = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to be run by root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(process.info().command().orElseThrow());
        command.addAll(List.of(process.info().arguments().orElseThrow()));
        return new RunningPostgres(process, command, folder);
    }

    /** A fast shutdown, as after an administrator's command. */
    void stop() throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    /** The same server again, on the same port. */
    void startAgain() throws IOException {
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolveSibling("again.log").toFile())
                .start();
    }
}
