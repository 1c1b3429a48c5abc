package dev.dise.operations.ledger;

import dev.dise.pg.ledger.AcceptedEvent;
import dev.dise.pg.ledger.Account;
import dev.dise.pg.ledger.Books;
import dev.dise.pg.ledger.Unexplained;
import dev.dise.rag.compare.StoredVersions;
import dev.dise.router.Routes;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.GroupPlaces;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of the line: every record of {@code dise.events}, and what became of it. Exact while the line is used: what
 * is looked at later can only know more than what was looked at before, and what is on its way is known by how far the readers
 * were at the beginning. Memory is bounded; PostgreSQL holds what is read, in temporary tables.
 */
public final class Ledger {
    /** Clocks of brokers may differ by so much. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final int EXAMPLES = 20;

    private final DiseConfig config;
    private final LinePlaces places;
    private final KafkaClients kafka;
    private final Clock clock;

    /** Connects to nothing yet. */
    public Ledger(DiseConfig config, LinePlaces places, Clock clock) {
        this.config = config;
        this.places = places;
        this.kafka = new KafkaClients(config.kafka());
        this.clock = clock;
    }

    /**
     * Balances the books.
     *
     * @param since of what the line has accepted then or later; null for all that {@code dise.events} still has
     * @throws IllegalStateException if Kafka or one of the stores cannot be reached
     */
    public LedgerReport balance(@Nullable Instant since, Account.By by, WorkProgress progress) {
        Instant begun = clock.instant();
        return with(since, progress, books -> {
            List<Account> total = books.balance(Account.By.TOTAL);
            return new LedgerReport(
                    by == Account.By.TOTAL ? total : books.balance(by),
                    total.isEmpty() ? nothing() : total.get(0),
                    books.dropped(since),
                    books.unexplained(EXAMPLES),
                    Duration.between(begun, clock.instant()));
        });
    }

    /**
     * The same, as it is shown.
     *
     * @param by how lines are summed up: {@code type}, {@code minute}, {@code both} or {@code total}
     * @throws IllegalArgumentException if it is none of these words
     */
    public LedgerView view(@Nullable Instant since, String by, WorkProgress progress) {
        return LedgerView.of(balance(since, LedgerView.by(by), progress));
    }

    /** The first accepted events that nothing explains; of a hybrid one there may be two. */
    public List<Unexplained> unexplained(@Nullable Instant since, int limit, WorkProgress progress) {
        return with(since, progress, books -> books.unexplained(limit));
    }

    private <T> T with(@Nullable Instant since, WorkProgress progress, Function<Books, T> question) {
        try (Books books = Books.open(config.database(), clock)) {
            books.places(GroupPlaces.of(kafka, places.router()));
            books.places(GroupPlaces.of(kafka, places.embedder()));
            books.places(GroupPlaces.of(kafka, places.writer()));
            Instant first = accept(books, since, progress);
            ScanStart behind = new ScanStart.Since(first.minus(SKEW));
            for (String topic : List.of(Topic.BULK.topicName(), Topic.RAG.topicName(), places.vectorsTopic())) {
                scan(topic, behind, progress, some -> books.pass(entries(some, Entries::passed)));
            }
            StoredVersions.read(
                    config.rag().qdrant(),
                    places.collection(),
                    some -> books.points(some.stream().map(Entries::point).toList()));
            books.forgotten(Forgotten.now(kafka).subjects());
            books.look();
            // A letter is written before its sink goes on, so that none is missing that is looked for now.
            scan(
                    Topic.DEAD_LETTERS.topicName(),
                    new ScanStart.Beginning(),
                    progress,
                    some -> books.letters(entries(some, Entries::letter)));
            scan(
                    Topic.AUDIT.topicName(),
                    new ScanStart.Beginning(),
                    progress,
                    some -> books.actions(entries(some, Entries::action)));
            books.decide(places.vectorsTopic());
            return question.apply(books);
        }
    }

    /** Enters what was accepted, and tells when the first of it was. */
    private Instant accept(Books books, @Nullable Instant since, WorkProgress progress) {
        Routes routes = new Routes(config.database().storage());
        Instant[] first = {clock.instant()};
        ScanStart start = since == null ? new ScanStart.Beginning() : new ScanStart.Since(since);
        scan(Topic.EVENTS.topicName(), start, progress, some -> {
            List<AcceptedEvent> events = some.stream()
                    .map(record -> Entries.accepted(record, routes))
                    .toList();
            books.accept(events);
            for (AcceptedEvent event : events) {
                first[0] = event.acceptedAt().isBefore(first[0]) ? event.acceptedAt() : first[0];
            }
        });
        return first[0];
    }

    private void scan(String topic, ScanStart start, WorkProgress progress, Consumer<List<SourceRecord>> taker) {
        try (TopicScan scan = TopicScan.open(kafka, topic, start)) {
            for (List<SourceRecord> some = scan.next(); !some.isEmpty(); some = scan.next()) {
                taker.accept(some);
                progress.at("reading " + topic, scan.done(), scan.total());
            }
        }
    }

    private static <T> List<T> entries(List<SourceRecord> records, Function<SourceRecord, Optional<T>> entry) {
        return records.stream().map(entry).flatMap(Optional::stream).toList();
    }

    private static Account nothing() {
        return new Account(null, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
