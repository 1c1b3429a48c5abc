package dev.dise.cli.letters;

import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Progress;
import dev.dise.operations.audit.AuditLog;
import dev.dise.operations.letters.Letters;
import dev.dise.runtime.kafka.KafkaClients;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The way to the dead letters of a stack, and how a command about them prints. */
final class LettersLink {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "" + Letters.MAX_ATTEMPTS,
            description = "tries after which a letter is quarantined (default: ${DEFAULT-VALUE})")
    private int maxAttempts = Letters.MAX_ATTEMPTS;

    Output output() {
        return output;
    }

    Open open() {
        StackLink.Connection connection = link.open();
        connection.requireKafka();
        return new Open(connection, output, maxAttempts);
    }

    /** An open way. */
    static final class Open implements AutoCloseable {
        private final StackLink.Connection connection;
        private final KafkaClients clients;
        private final AuditLog audit;
        private final Letters letters;

        private Open(StackLink.Connection connection, Output output, int maxAttempts) {
            this.connection = connection;
            this.clients = new KafkaClients(connection.config().kafka());
            this.audit = new AuditLog(clients);
            Progress progress = new Progress(output.progress(), "reading dead letters");
            this.letters = new Letters(clients, audit, maxAttempts, progress::at);
        }

        KafkaClients clients() {
            return clients;
        }

        AuditLog audit() {
            return audit;
        }

        Letters letters() {
            return letters;
        }

        @Override
        public void close() {
            audit.close();
            connection.close();
        }
    }
}
