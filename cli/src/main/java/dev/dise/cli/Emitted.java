package dev.dise.cli;

import dev.dise.ingest.NotDeliveredException;
import dev.dise.ingest.Receipt;
import dev.dise.schemas.EnvelopeHeaders;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What became of the lines that were to be emitted. Thread-safe: Kafka's answers come on a thread of their own. */
final class Emitted {
    private static final int KEPT_FAULTS = 1_000;
    private static final int SHOWN_FAULTS = 20;

    private final List<Fault> faults = new ArrayList<>();
    private Receipt.@Nullable InKafka last;
    private long blank;
    private long sent;
    private long accepted;
    private long refused;
    private long undelivered;

    /** Why a line is no event that Kafka has. */
    record Fault(long line, String reason, String explanation) {}

    synchronized void addBlank() {
        blank++;
    }

    synchronized void addSent() {
        sent++;
    }

    synchronized boolean hasSent() {
        return sent > 0;
    }

    synchronized void addRefused(long line, String reason, String explanation) {
        refused++;
        keep(new Fault(line, reason, explanation));
    }

    synchronized void addAnswer(long line, @Nullable Receipt receipt, @Nullable Throwable failure) {
        if (receipt instanceof Receipt.InKafka place) {
            accepted++;
            last = place;
        } else {
            undelivered++;
            keep(new Fault(line, reason(failure), "Kafka has not acknowledged it; it may have it all the same"));
        }
        notifyAll();
    }

    /** Waits until every event that was sent is answered for, or the time is over. */
    synchronized void awaitAnswers(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (accepted + undelivered < sent) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Of one event its receipt, else how many lines there were and what is wrong with some. */
    synchronized Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (isOne() && last != null) {
            json.put("id", last.eventId());
            json.put("type", last.envelope().type());
            json.put("subject", last.envelope().subject());
            json.put("time", EnvelopeHeaders.formatTime(last.envelope().time()));
            json.put("topic", last.topic());
            json.put("partition", last.partition());
            json.put("offset", last.offset());
            return json;
        }
        json.put("accepted", accepted);
        json.put("refused", refused);
        json.put("undelivered", sent - accepted);
        json.put("blank", blank);
        json.put("faults", List.copyOf(faults));
        return json;
    }

    synchronized void print(PrintWriter out) {
        if (isOne() && last != null) {
            out.println("accepted " + last.eventId() + " as " + last.topic() + "-" + last.partition() + "@"
                    + last.offset());
            return;
        }
        out.printf(
                "%,d accepted, %,d refused, %,d not delivered, %,d blank lines%n",
                accepted, refused, sent - accepted, blank);
        faults.stream()
                .limit(SHOWN_FAULTS)
                .forEach(fault ->
                        out.println("line " + fault.line() + ": " + fault.reason() + ", " + fault.explanation()));
        long more = refused + undelivered - Math.min(SHOWN_FAULTS, faults.size());
        if (more > 0) {
            out.printf("and %,d more%n", more);
        }
    }

    synchronized int exitCode() {
        if (accepted < sent) {
            return ExitCodes.FAILED;
        }
        return refused > 0 ? ExitCodes.USAGE : ExitCodes.OK;
    }

    /** What hangs on a future gets the failure in a wrapping. */
    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapping ? wrapping.getCause() : failure;
        return cause instanceof NotDeliveredException e ? e.reason().name() : "UNKNOWN";
    }

    private boolean isOne() {
        return accepted == 1 && sent == 1 && refused == 0;
    }

    private void keep(Fault fault) {
        if (faults.size() < KEPT_FAULTS) {
            faults.add(fault);
        }
    }
}
