package dev.dise.operations.forget;

import dev.dise.operations.slice.Audit;
import dev.dise.operations.slice.Patience;
import dev.dise.operations.slice.SliceProgress;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.schemas.EventType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Forgets a subject: names it in the list of the forgotten, waits until every sink that runs has read that, removes what there
 * is, and looks whether anything is left. Killed at any moment, the same again completes it. What happens to the subject
 * afterwards is stored as ever.
 */
public final class Forgetting {
    /** A sink knows the list a second after it has grown, if not at once. */
    private static final Duration TWO_REFRESHES = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int ROUNDS = 3;

    private final DiseConfig config;
    private final KafkaClients kafka;
    private final Audit audit;
    private final Patience patience;
    private final Clock clock;

    public Forgetting(DiseConfig config, Audit audit) {
        this(config, audit, Patience.standard(), Clock.systemUTC());
    }

    Forgetting(DiseConfig config, Audit audit, Patience patience, Clock clock) {
        this.config = config;
        this.kafka = new KafkaClients(config.kafka());
        this.audit = audit;
        this.patience = patience;
        this.clock = clock;
    }

    /** Counts what would be removed, and changes nothing. */
    public ForgetReport plan(ForgetRequest request, SliceProgress progress) {
        ForgottenSubject subject = subject(request);
        Found found = places(subject, progress).look();
        return report(true, subject, found, false, List.of(), progress);
    }

    /** Forgets; some seconds, and as long as it takes to read topics and archives. */
    public ForgetReport run(ForgetRequest request, SliceProgress progress) {
        ForgottenSubject subject = subject(request);
        patience.with(progress, () -> {
            new ForgottenTopic(kafka).add(subject);
            return true;
        });
        List<String> notes = new ArrayList<>();
        long behind = awaitSinks(progress);
        if (behind > 0) {
            notes.add(behind + " records were still to be passed by sinks that run but do not get on;"
                    + " run it again when they do");
        }
        Places places = places(subject, progress);
        Found removed = places.remove();
        Found left = places.look();
        for (int round = 1; round < ROUNDS && !left.isNothing(); round++) {
            removed = removed.plus(places.remove());
            left = places.look();
        }
        new NewLife(config, kafka, patience).send(subject, progress);
        ForgetReport report = report(false, subject, removed, left.isNothing() && behind == 0, notes, progress);
        audit.note(entry(request, subject, report));
        return report;
    }

    private ForgottenSubject subject(ForgetRequest request) {
        return new ForgottenSubject(request.subject(), request.type(), clock.instant(), request.by(), request.reason());
    }

    private Places places(ForgottenSubject subject, SliceProgress progress) {
        return new Places(config, kafka, subject, patience, progress);
    }

    /** Returns how many records sinks have still to pass after a minute. */
    private long awaitSinks(SliceProgress progress) {
        patience.pause(TWO_REFRESHES);
        try (SinksCaughtUp sinks = new SinksCaughtUp(kafka)) {
            long tries = LONGEST.dividedBy(PAUSE);
            long left = sinks.left();
            for (long i = 0; i < tries && left > 0; i++) {
                progress.at("waiting for sinks", 0, 0);
                patience.pause(PAUSE);
                left = sinks.left();
            }
            return left;
        }
    }

    private ForgetReport report(
            boolean dryRun,
            ForgottenSubject subject,
            Found found,
            boolean complete,
            List<String> notes,
            SliceProgress progress) {
        Map<String, Long> remaining = new Remaining(kafka, patience).of(subject, progress);
        return new ForgetReport(
                dryRun,
                subject.type(),
                subject.forgottenAt(),
                found.rows(),
                found.archivedRows(),
                found.points(),
                found.vectors(),
                found.letters(),
                remaining,
                complete,
                notes);
    }

    private Audit.Entry entry(ForgetRequest request, ForgottenSubject subject, ForgetReport report) {
        EventType type = request.type();
        return new Audit.Entry(
                "forget",
                request.by(),
                subject.forgottenAt(),
                "sha256:" + sha256(request.subject()),
                Map.of(
                        "type", type == null ? "all" : type.wireName(),
                        "rows", ForgetReport.sum(report.rows()),
                        "archived_rows", ForgetReport.sum(report.archivedRows()),
                        "points", ForgetReport.sum(report.points()),
                        "vectors", report.vectors(),
                        "dead_letters", report.deadLetters(),
                        "complete", report.complete()));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
