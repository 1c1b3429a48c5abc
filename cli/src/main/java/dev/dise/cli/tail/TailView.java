package dev.dise.cli.tail;

import dev.dise.operations.tail.Passing;

/** How a record is shown: one line, with nothing in it that a terminal would obey. */
@FunctionalInterface
interface TailView {
    String line(Passing passing);
}
