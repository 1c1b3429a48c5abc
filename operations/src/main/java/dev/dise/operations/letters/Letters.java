package dev.dise.operations.letters;

import dev.dise.operations.Progress;
import dev.dise.operations.RecordView;
import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.audit.AuditFilter;
import dev.dise.operations.audit.AuditLog;
import dev.dise.operations.letters.LetterIndex.Indexed;
import dev.dise.runtime.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at dead letters; changes nothing. Each call reads the topic of the letters and the audit, which takes seconds for a
 * million letters. Used by one thread.
 */
public final class Letters {
    /** How often a record may be tried before its letter is quarantined. */
    public static final int MAX_ATTEMPTS = 3;

    private final KafkaClients clients;
    private final AuditLog audit;
    private final int maxAttempts;
    private final Progress progress;

    /**
     * @param maxAttempts how often a record may be tried before its letter is quarantined
     * @param progress is told how much of the topic is read
     */
    public Letters(KafkaClients clients, AuditLog audit, int maxAttempts, Progress progress) {
        this.clients = clients;
        this.audit = audit;
        this.maxAttempts = maxAttempts;
        this.progress = progress;
    }

    /** The matching letters by cause, the largest group first. */
    public List<LetterGroup> summary(LetterFilter filter) {
        LetterIndex index = index();
        Map<String, GroupTally> groups = new LinkedHashMap<>();
        index.matching(filter)
                .map(Indexed::entry)
                .forEach(letter -> groups.computeIfAbsent(
                                letter.fingerprint(), hash -> new GroupTally(letter, index.message(hash)))
                        .add(letter));
        return groups.values().stream()
                .map(GroupTally::group)
                .sorted(Comparator.comparingLong(LetterGroup::count).reversed())
                .toList();
    }

    /** The matching letters, the newest first. */
    public List<LetterEntry> list(LetterFilter filter, int limit) {
        return index().matching(filter).map(Indexed::entry).limit(limit).toList();
    }

    /** The matching letters with the messages that they have, the newest first; reads them, which {@link #list} does not. */
    public List<LetterLine> lines(LetterFilter filter, int limit) {
        LetterIndex index = index();
        List<Indexed> wanted = index.matching(filter).limit(limit).toList();
        Map<LetterId, LetterLine> found = new HashMap<>();
        read(index, wanted, letter -> found.put(letter.entry().id(), LetterLine.of(letter.entry(), letter.message())));
        return wanted.stream()
                .map(letter -> found.get(letter.entry().id()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** A letter with everything that is known of it; empty if there is none of that id. */
    public Optional<LetterDetail> show(LetterId id) {
        return details(LetterFilter.of(id), 1).stream().findFirst();
    }

    /** The matching letters with everything that is known of them, the newest first. */
    public List<LetterDetail> details(LetterFilter filter, int limit) {
        LetterIndex index = index();
        List<LetterDetail> found = new ArrayList<>();
        read(index, index.matching(filter).limit(limit).toList(), letter -> found.add(detail(letter)));
        found.sort(Comparator.comparing((LetterDetail letter) -> letter.letter().at())
                .reversed());
        return found;
    }

    LetterIndex index() {
        return LetterIndex.read(clients, audit, maxAttempts, progress);
    }

    /** Gives the content of letters; returns those that are no longer there. */
    Collection<LetterEntry> read(LetterIndex index, Collection<Indexed> letters, Consumer<Letter> each) {
        return new LetterReader(clients, index.ends()).read(letters, each);
    }

    private LetterDetail detail(Letter letter) {
        LetterId id = letter.entry().id();
        List<AuditEntry> history = new ArrayList<>();
        audit.read(AuditFilter.ofActions(Redrive.ACTION, Discard.ACTION), entry -> {
            if (entry.target().equals(id.toString()) || id.source().equals(entry.detail(Redrive.TO))) {
                history.add(entry);
            }
        });
        String message = letter.message();
        return new LetterDetail(
                letter.entry(), message, Fingerprint.paths(message), RecordView.of(letter.record()), history);
    }
}
