package dev.dise.cli.verify;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.ledger.Ledger;
import dev.dise.operations.ledger.LedgerReport;
import dev.dise.operations.ledger.LinePlaces;
import dev.dise.pg.ledger.Account;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the books of the line. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = {
            "Show what became of every event that was accepted: stored, superseded by a newer version, repeated, refused"
                    + " (a dead letter), in flight, or dropped for a reason. The difference must be 0.",
        },
        footer = {
            "",
            "Minutes are those in which the line got the events. Beside it: what emitters dropped before Kafka.",
            "The exit code is 1 if anything is not accounted for; examples are listed then.",
            "",
            "Examples:",
            "  ./dise ledger",
            "  ./dise ledger --since 1h --by minute",
            "  ./dise ledger --by both --output json"
        })
public final class LedgerCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Mixin
    private SinceOption since = new SinceOption();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "type",
            description = "type, minute, both or total (default: ${DEFAULT-VALUE})")
    private Account.By by = Account.By.TYPE;

    @Override
    public Integer call() {
        Clock clock = Clock.systemUTC();
        try (StackLink.Connection connection = link.open()) {
            var config = connection.servers();
            PhaseProgress progress = new PhaseProgress(output.progress());
            LedgerReport report =
                    new Ledger(config, LinePlaces.of(config), clock).balance(since.at(clock.instant()), by, progress);
            progress.done();
            show(report);
            return report.isBalanced() ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private void show(LedgerReport report) {
        if (output.isJson()) {
            output.json(report);
            return;
        }
        Table table = new Table(
                "type",
                "minute",
                "accepted",
                "stored",
                "superseded",
                "repeated",
                "dead letters",
                "in flight",
                "discarded",
                "forgotten",
                "expired",
                "unrouted",
                "difference");
        report.accounts().forEach(account -> add(account, table));
        if (by != Account.By.TOTAL && report.accounts().size() > 1) {
            add(report.total(), table);
        }
        output.table(table);
        output.out().println();
        output.out()
                .printf(
                        "%,d emitted = %,d accepted + %,d dropped by emitters; difference %,d%n",
                        report.emitted(),
                        report.total().accepted(),
                        report.emitted() - report.total().accepted(),
                        report.total().difference());
        report.dropped().forEach((reason, events) -> output.out().printf("  dropped: %s %,d%n", reason, events));
        showUnexplained(report);
    }

    private void showUnexplained(LedgerReport report) {
        if (report.unexplained().isEmpty()) {
            return;
        }
        Table table = new Table("record", "event", "type", "is not in");
        report.unexplained()
                .forEach(event -> table.row(
                        event.position(),
                        Objects.requireNonNullElse(event.eventId(), "-"),
                        event.type(),
                        event.missingIn()));
        output.out().println();
        output.table(table);
        output.out().println();
        output.out().println("./dise verify says what is wrong with them, and --repair mends it");
    }

    private static void add(Account account, Table table) {
        table.row(
                Objects.requireNonNullElse(account.type(), "all"),
                account.minute() == null ? "all" : account.minute().truncatedTo(ChronoUnit.MINUTES),
                account.accepted(),
                account.stored(),
                account.superseded(),
                account.repeated(),
                account.deadLettered(),
                account.inFlight(),
                account.discarded(),
                account.forgotten(),
                account.expired(),
                account.unrouted(),
                account.difference());
    }
}
