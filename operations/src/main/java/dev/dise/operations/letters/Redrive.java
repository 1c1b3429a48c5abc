package dev.dise.operations.letters;

import dev.dise.operations.Progress;
import dev.dise.operations.audit.AuditLog;
import dev.dise.operations.letters.LetterIndex.Indexed;
import dev.dise.operations.letters.RedriveReport.Tally;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.kafka.KafkaClients;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends refused records to the topic that they were refused from, so that the same stage gets them once more; they keep their
 * ids, so stores hold them once. A piece of records is acknowledged first, and then noted in the audit: what a crash leaves
 * between is sent once more by the next redrive, and nothing is forgotten. Used by one thread.
 */
public final class Redrive {
    /** The action in the audit. */
    public static final String ACTION = "redrive";
    /** Where the record went, in the detail of the audit's entry. */
    public static final String TO = "to";

    private final Letters letters;
    private final KafkaClients clients;
    private final AuditLog audit;
    private final Settings settings;

    /** What tests replace. */
    record Settings(Clock clock, Failpoints failpoints, Pace.Waiting waiting) {}

    /** @param letters says which letters there are, and from how many attempts on they are quarantined */
    public Redrive(Letters letters, KafkaClients clients, AuditLog audit) {
        this(
                letters,
                clients,
                audit,
                new Settings(Clock.systemUTC(), Failpoints.none(), time -> TimeUnit.NANOSECONDS.sleep(time.toNanos())));
    }

    Redrive(Letters letters, KafkaClients clients, AuditLog audit, Settings settings) {
        this.letters = letters;
        this.clients = clients;
        this.audit = audit;
        this.settings = settings;
    }

    /**
     * Does it, and returns when all is acknowledged and noted.
     *
     * @throws IllegalArgumentException if there is an edit and not exactly one letter, or it cannot be edited so
     * @throws dev.dise.schemas.InvalidEventException if what was edited would be refused again
     * @throws IllegalStateException if Kafka does not take it; what was sent until then is noted, or is sent again
     */
    public RedriveReport run(RedriveOrder order, Progress progress) {
        LetterIndex index = letters.index();
        List<Indexed> wanted = index.matching(scope(order.filter())).toList();
        if (order.edit() != null && wanted.size() != 1) {
            throw new IllegalArgumentException("an edit is for one letter, but " + wanted.size() + " match");
        }
        Tally tally = new Tally();
        List<Indexed> sendable = new ArrayList<>();
        for (Indexed letter : wanted) {
            RedriveOutcome outcome = outcome(letter.entry(), order);
            if (outcome == RedriveOutcome.SENT) {
                sendable.add(letter);
            } else {
                tally.add(letter.entry().id(), outcome);
            }
        }
        send(index, sendable, order, new Reporting(tally, progress, wanted.size()));
        return tally.report();
    }

    private void send(LetterIndex index, List<Indexed> sendable, RedriveOrder order, Reporting reporting) {
        Pace pace = new Pace(order.rate(), System::nanoTime, settings.waiting());
        try (Shipment shipment = new Shipment(clients, audit, order, settings)) {
            letters.read(index, sendable, letter -> {
                        shipment.load(letter);
                        if (shipment.size() >= pace.atOnce()) {
                            pace.did(reporting.sent(shipment.send()));
                        }
                    })
                    .forEach(gone -> reporting.tally().add(gone.id(), RedriveOutcome.GONE));
            reporting.sent(shipment.send());
        }
    }

    /** What is settled is only looked at where it is named. */
    private static LetterFilter scope(LetterFilter filter) {
        boolean named = !filter.ids().isEmpty() || !filter.states().isEmpty();
        return named ? filter : filter.unsettled();
    }

    private static RedriveOutcome outcome(LetterEntry letter, RedriveOrder order) {
        boolean quarantined = letter.state() == LetterState.QUARANTINED && order.edit() == null;
        boolean settled = !letter.state().isUnsettled();
        if (!letter.complete()) {
            return RedriveOutcome.NOT_KEPT;
        }
        if (!Resending.takes(letter.id().partition().topic())) {
            return RedriveOutcome.NO_WAY_BACK;
        }
        if (settled && !order.force()) {
            return RedriveOutcome.SETTLED;
        }
        return quarantined && !order.force() ? RedriveOutcome.QUARANTINED : RedriveOutcome.SENT;
    }

    /** What is told while it runs, and at its end. */
    private record Reporting(Tally tally, Progress progress, int total) {
        int sent(List<Shipment.Sent> records) {
            records.forEach(sent -> tally.add(sent.id(), sent.outcome()));
            progress.at(tally.total(), total);
            return records.size();
        }
    }
}
