package dev.dise.cli.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Measures one part of the line against a limit or a peer, in one run on the same data. Found by the service loader. */
public interface Bench {
    /** The word on the command line. */
    String name();

    /** Rows of one measurement, where nobody says how many. */
    default int usualRows() {
        return 200_000;
    }

    /**
     * Measures; takes minutes and most of the machine.
     *
     * @throws Exception if something could not be measured, or a measured part lost or doubled a row
     */
    List<Figure> run(Options options, PrintWriter progress) throws Exception;

    /**
     * How much to measure.
     *
     * @param rows rows of one measurement
     * @param longer whether figures that take a quarter of an hour and more are wanted too
     * @param peers whether to measure other products too
     * @param state folder for the servers' data, which are removed at the end
     */
    record Options(int rows, boolean longer, boolean peers, Path state) {}
}
