package dev.dise.operations.letters;

import dev.dise.operations.Progress;
import dev.dise.operations.audit.AuditLog;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import java.time.Clock;
import java.util.Map;

/** A redrive of everything in a process of its own, which a failpoint kills. */
final class RedriveMain {
    private RedriveMain() {}

    public static void main(String[] args) {
        KafkaClients clients = new KafkaClients(new KafkaConfig(args[0], Map.of(), 2, 1));
        Failpoints failpoints = Failpoints.from(System.getProperty(Failpoints.PROPERTY, ""));
        try (AuditLog audit = new AuditLog(clients)) {
            Letters letters = new Letters(clients, audit, Letters.MAX_ATTEMPTS, Progress.none());
            Redrive.Settings settings = new Redrive.Settings(Clock.systemUTC(), failpoints, time -> {});
            RedriveReport report = new Redrive(letters, clients, audit, settings)
                    .run(RedriveOrder.of(LetterFilter.all(), "child").withRate(40), Progress.none());
            System.out.println("sent " + report.count(RedriveOutcome.SENT));
        }
    }
}
