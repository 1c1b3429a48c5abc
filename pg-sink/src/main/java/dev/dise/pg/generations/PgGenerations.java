package dev.dise.pg.generations;

import dev.dise.pg.Generation;
import dev.dise.pg.archive.Session;
import dev.dise.pg.generations.Registered.Standing;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.generations.RebuildReport;
import dev.dise.runtime.generations.StoreGenerations;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Partition;
import dev.dise.schemas.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The generations of the PostgreSQL side. Nothing is connected before it is asked for something. */
public final class PgGenerations implements StoreGenerations {
    /** A schema with many partitions needs as many locks. */
    private static final Duration FOR_DROPPING = Duration.ofSeconds(30);

    private final Workshop workshop;

    private PgGenerations(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Those of the config's database, as its owner. */
    public static PgGenerations of(DiseConfig config) {
        return of(config, Clock.systemUTC(), Failpoints.from(System.getProperty(Failpoints.PROPERTY, "")));
    }

    /** The same at the time that a clock says, and with places to die at. */
    public static PgGenerations of(DiseConfig config, Clock clock, Failpoints failpoints) {
        return new PgGenerations(Workshop.of(config.database(), new KafkaClients(config.kafka()), failpoints, clock));
    }

    /** Something that needs the database. */
    private interface Work<T> {
        T in(Session session) throws SQLException;
    }

    @Override
    public Store store() {
        return Store.POSTGRES;
    }

    @Override
    public List<GenerationInfo> list() {
        return work("list the generations", session -> {
            Workshop.live(session);
            List<GenerationInfo> all = new ArrayList<>();
            Map<Partition, Long> ends = workshop.topic().ends();
            for (Registered one : Registry.all(session.connection())) {
                all.add(info(session.connection(), one, ends));
            }
            return all;
        });
    }

    @Override
    public RebuildReport rebuild(RebuildOptions options, WorkProgress progress) {
        return work("rebuild", shared -> {
            Workshop.live(shared);
            return GenerationLock.holding(workshop.owner(), "rebuild", () -> buildOrFinish(shared, options, progress));
        });
    }

    @Override
    public Duration switchTo(int number) {
        return work("switch to generation " + number, session -> {
            Registered target = registered(session, number);
            if (!target.standing().isFollowed()) {
                throw new IllegalStateException("generation " + number + " is not complete (" + detail(target)
                        + "): finish it with ./dise rebuild postgres");
            }
            return change(session, target.generation());
        });
    }

    @Override
    public Duration rollback() {
        return work("roll back", session -> {
            Workshop.live(session);
            Registered live = Registry.live(session.connection()).orElseThrow();
            Integer before = live.switchedFrom();
            if (before == null) {
                throw new IllegalStateException(
                        "readers have always seen generation " + live.number() + ": there is nothing to go back to");
            }
            Registered target = Registry.all(session.connection()).stream()
                    .filter(one -> one.number() == before && one.standing().isFollowed())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("generation " + before
                            + ", which readers saw before, was dropped; ./dise rebuild list shows what there is"));
            return change(session, target.generation());
        });
    }

    @Override
    public void drop(int number) {
        work("drop generation " + number, session -> {
            Registered target = registered(session, number);
            if (target.standing() == Standing.LIVE) {
                throw new IllegalStateException("generation " + number
                        + " is live: readers would see nothing. Switch to another one first, then drop it");
            }
            // A generation that is being built is not taken away under who builds it.
            String what = target.standing() == Standing.BUILDING ? "rebuild" : "switch";
            return GenerationLock.holding(workshop.owner(), what, () -> remove(session, registered(session, number)));
        });
    }

    @Override
    public String digest(int number) {
        return work("read generation " + number, session -> {
            Registered target = registered(session, number);
            Horizon horizon =
                    Horizon.at(workshop.clock().instant(), workshop.database().keeping(), Map.of());
            return session.<Digest, SQLException>snapshot(() -> {
                        Horizon both = horizon.behindArchives(session, Workshop.live(session));
                        return Digest.of(session, target.generation(), both);
                    })
                    .text();
        });
    }

    @Override
    public void close() {
        workshop.topic().close();
    }

    private RebuildReport buildOrFinish(Session shared, RebuildOptions options, WorkProgress progress)
            throws SQLException {
        Optional<Registered> verified = Registry.all(shared.connection()).stream()
                .filter(one -> one.standing() == Standing.FOLLOWING)
                .filter(one -> one.phase().equals(Rebuild.SWITCHING))
                .findFirst();
        return verified.isPresent() && options.switchWhenVerified()
                ? finish(shared, verified.get().generation(), progress)
                : build(shared, options, progress);
    }

    private RebuildReport build(Session shared, RebuildOptions options, WorkProgress progress) throws SQLException {
        long started = System.nanoTime();
        requireSourceForNew(shared, options);
        Generation generation = Rebuild.begunOrNew(shared);
        try (Session session = workshop.session(generation)) {
            Rebuild rebuild = new Rebuild(workshop, options, progress, generation, session);
            String digest = rebuild.run();
            workshop.failpoints().hit("rebuild.after_following");
            Duration switched = options.switchWhenVerified() ? change(shared, generation, progress) : Duration.ZERO;
            return report(shared, generation, rebuild.records(), started, digest, switched);
        }
    }

    /** So that what is refused leaves nothing behind. */
    private void requireSourceForNew(Session shared, RebuildOptions options) throws SQLException {
        boolean begun = Registry.all(shared.connection()).stream().anyMatch(one -> one.standing() == Standing.BUILDING);
        if (!begun) {
            workshop.topic().requireNotCompacted();
            if (!options.acceptGap() && !options.fromArchive()) {
                workshop.topic().requireNoGap(Map.of());
            }
        }
    }

    /** It was verified, and whoever did so was killed before the switch. */
    private RebuildReport finish(Session shared, Generation generation, WorkProgress progress) throws SQLException {
        long started = System.nanoTime();
        Duration switched = change(shared, generation, progress);
        return report(shared, generation, 0, started, digest(generation.number()), switched);
    }

    private RebuildReport report(
            Session shared, Generation generation, long records, long started, String digest, Duration switched)
            throws SQLException {
        GenerationInfo info = info(
                shared.connection(),
                registered(shared, generation.number()),
                workshop.topic().ends());
        return new RebuildReport(info, records, Duration.ofNanos(System.nanoTime() - started), digest, switched);
    }

    private Duration change(Session session, Generation generation, WorkProgress progress) throws SQLException {
        progress.at(Rebuild.SWITCHING, 0, 0);
        return change(session, generation);
    }

    private Duration change(Session session, Generation generation) throws SQLException {
        return GenerationLock.holding(workshop.owner(), "switch", () -> {
            Duration held = new Switching(workshop, session).to(generation);
            workshop.failpoints().hit("rebuild.after_switch");
            return held;
        });
    }

    /** The registry first, so that the sink lets go of it; each step can be done again. */
    private int remove(Session session, Registered target) throws SQLException {
        Generation generation = target.generation();
        if (target.standing() == Standing.LIVE) {
            throw new IllegalStateException("generation " + target.number() + " has just become live");
        }
        Registry.become(session.connection(), generation, Standing.DROPPING, "");
        workshop.topic().removeGroup(generation);
        session.waitForLocks(FOR_DROPPING);
        session.execute("DROP SCHEMA IF EXISTS " + generation.schema() + " CASCADE");
        Registry.dropped(session.connection(), generation);
        return target.number();
    }

    private GenerationInfo info(Connection connection, Registered one, Map<Partition, Long> ends) throws SQLException {
        GenerationState state = switch (one.standing()) {
            case LIVE -> GenerationState.LIVE;
            case FOLLOWING -> GenerationState.FOLLOWING;
            case BUILDING, DROPPING -> GenerationState.BUILDING;
        };
        boolean hasTables = one.standing().isFollowed()
                || (one.standing() == Standing.BUILDING && !one.phase().equals(Rebuild.CREATING));
        Map<Partition, Long> places = hasTables ? Places.of(connection, one.generation()) : Map.of();
        return new GenerationInfo(
                store(), one.number(), state, Places.behind(places, ends), detail(one), one.startedAt());
    }

    private static String detail(Registered one) {
        return one.standing() == Standing.DROPPING ? "being dropped" : one.phase();
    }

    private static Registered registered(Session session, int number) throws SQLException {
        Workshop.live(session);
        return Registry.all(session.connection()).stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no generation " + number + "; ./dise rebuild list shows what there is"));
    }

    private <T> T work(String what, Work<T> work) {
        try (Session session = workshop.session()) {
            return work.in(session);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "cannot " + what + ": PostgreSQL says " + e.getMessage()
                            + "; what was begun is kept, and the same command goes on with it",
                    e);
        }
    }
}
