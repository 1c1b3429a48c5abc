package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.embedded.FreePort;
import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.ingest.spool.SpoolSettings.Fsync;
import dev.dise.runtime.ChildJvm;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A process that emits numbered events until it is killed, and keeps a ledger of them that outlives it. */
final class EmittingProcess implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int KEYS_OF_A_THREAD = 3;
    private static final long NUMBERS_OF_A_LIFE = 1_000_000;
    private static final String READY = "emitting";

    private final ChildJvm process;
    private final Path ledger;

    /**
     * How a life is.
     *
     * @param bootstrapServers where the broker is, if there is one
     * @param number which life it is; the numbers of its events are above those of the lives before
     * @param keys a prefix of its keys
     */
    record Life(String bootstrapServers, Path spool, Fsync fsync, int number, String keys) {
        /** One to whom no broker answers. */
        static Life alone(Path spool, Fsync fsync, int number, String keys) {
            return new Life("127.0.0.1:" + FreePort.find(), spool, fsync, number, keys);
        }

        private static Life of(String[] arguments) {
            return new Life(
                    arguments[0],
                    Path.of(arguments[1]),
                    Fsync.valueOf(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    arguments[4]);
        }

        private String[] arguments(Path ledger) {
            return new String[] {
                bootstrapServers, spool.toString(), fsync.name(), Integer.toString(number), keys, ledger.toString()
            };
        }
    }

    /** What runs in it. */
    static final class Main {
        private final ArtifactEmitter emitter;
        private final FileOutputStream ledger;

        private Main(Life life, Path ledger) throws IOException {
            this.ledger = new FileOutputStream(ledger.toFile(), true);
            this.emitter = ArtifactEmitter.builder()
                    .bootstrapServers(life.bootstrapServers())
                    .source("urn:dise:test:process")
                    .bufferBytes(2 << 20)
                    .overflow(new Overflow.Spool(SpoolSettings.in(life.spool()).withFsync(life.fsync())))
                    .build();
        }

        public static void main(String[] arguments) throws IOException {
            Life life = Life.of(arguments);
            Main main = new Main(life, Path.of(arguments[5]));
            for (int thread = 0; thread < THREADS; thread++) {
                String keys = life.keys() + thread;
                new Thread(() -> main.emit(keys, life.number() * NUMBERS_OF_A_LIFE)).start();
            }
            System.out.println(READY);
            while (System.in.read() >= 0) {
                // Nobody writes; the end of it says that nobody is there who would kill us.
            }
            Runtime.getRuntime().halt(0);
        }

        private void emit(String keys, long from) {
            for (long number = from; true; number++) {
                String key = keys + (char) ('a' + number % KEYS_OF_A_THREAD);
                String id = EmittedEvents.id(key, number);
                note('+', id);
                // What fails is not noted, and so not safe.
                CompletableFuture<Void> unused =
                        emitter.send(EmittedEvents.event(key, number)).thenAccept(receipt -> note('!', id));
                LockSupport.parkNanos(1_000_000);
            }
        }

        private void note(char what, String id) {
            try {
                ledger.write((what + id + "\n").getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private EmittingProcess(ChildJvm process, Path ledger) {
        this.process = process;
        this.ledger = ledger;
    }

    static EmittingProcess start(Path folder, Life life) {
        String name = String.format(Locale.ROOT, "life-%s-%d", life.keys(), life.number());
        Path ledger = folder.resolve(name + ".ledger");
        ChildJvm process = ChildJvm.start(Main.class, folder.resolve(name + ".log"), Map.of(), life.arguments(ledger));
        return new EmittingProcess(process, ledger);
    }

    boolean emits() {
        return process.printed().contains(READY);
    }

    /** Whether it has called any event safe. */
    boolean hasCalledSafe() throws IOException {
        return Files.exists(ledger) && Files.readString(ledger).contains("\n!");
    }

    /** Kills it, and adds what it has emitted. */
    void kill(EmittedEvents events) throws IOException {
        process.kill();
        String lines = Files.readString(ledger);
        // The last line may be torn.
        lines.substring(0, lines.lastIndexOf('\n') + 1).lines().forEach(line -> {
            if (line.startsWith("!")) {
                events.isSafe(line.substring(1));
            } else {
                events.isAttempted(line.substring(1));
            }
        });
    }

    @Override
    public void close() {
        process.close();
    }
}
