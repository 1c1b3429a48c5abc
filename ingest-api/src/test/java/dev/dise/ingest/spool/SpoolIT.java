package dev.dise.ingest.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolIT {
    @TempDir
    Path folder;

    private SpoolSettings settings;
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        settings = SpoolSettings.in(folder.resolve("spool"));
        spool = Spool.open(settings);
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    @Test
    void givesBackInOrderWhatWasAppended() throws IOException {
        List<String> texts = texts(0, 5000);
        append(texts);
        assertThat(readAll()).isEqualTo(texts);
        assertThat(spool.isRead()).isTrue();
    }

    @Test
    void takesTheLargestAndTheEmptyPayload() throws IOException {
        byte[] large = new byte[1 << 20];
        new Random(1).nextBytes(large);
        spool.append(List.of(new byte[0], large, new byte[0]));
        List<byte[]> read = new ArrayList<>();
        for (List<StoredRecord> some = spool.read(); !some.isEmpty(); some = spool.read()) {
            some.forEach(record -> read.add(record.payload()));
        }
        assertThat(read).hasSize(3);
        assertThat(read.get(1)).isEqualTo(large);
    }

    @Test
    void anotherProcessFindsWhatWasNotAcknowledged() throws IOException {
        append(texts(0, 100));
        spool.read().stream().limit(40).forEach(StoredRecord::acknowledge);
        reopen();
        assertThat(spool.recovered()).isEqualTo(60);
        assertThat(readAll()).isEqualTo(texts(40, 100));
    }

    @Test
    void acknowledgementsCountFromTheOldestOn() throws IOException {
        append(texts(0, 10));
        List<StoredRecord> read = spool.read();
        read.subList(1, 10).forEach(StoredRecord::acknowledge);
        spool.release();
        assertThat(spool.records()).isEqualTo(10);
        read.get(0).acknowledge();
        spool.release();
        assertThat(spool.records()).isZero();
    }

    @Test
    void rewindingReadsAgainWhatIsNotAcknowledged() throws IOException {
        append(texts(0, 10));
        spool.read().stream().limit(3).forEach(StoredRecord::acknowledge);
        spool.rewind();
        assertThat(readAll()).isEqualTo(texts(3, 10));
    }

    @Test
    void whatIsUnderWayIsReadOnlyAfterRewinding() throws IOException {
        spool.appendAsRead(payloads(texts(0, 5)));
        append(texts(5, 10));
        assertThat(readAll()).isEqualTo(texts(5, 10));
        spool.rewind();
        assertThat(readAll()).isEqualTo(texts(0, 10));
    }

    @Test
    void keepsToItsBoundAndDeletesWhatIsAcknowledged() throws IOException {
        close();
        settings = settings.withMaxBytes(SpoolSettings.LEAST_BYTES);
        spool = Spool.open(settings);
        byte[] payload = new byte[100_000];
        int fitted = 0;
        while (spool.hasRoomFor(Spool.sizeOf(payload))) {
            spool.append(List.of(payload));
            fitted++;
        }
        assertThat(fitted).isEqualTo(41);
        while (!spool.isRead()) {
            spool.read().forEach(StoredRecord::acknowledge);
        }
        spool.release();
        spool.deleteAcknowledged();
        assertThat(spool.bytes()).isZero();
        assertThat(files(folder)).noneMatch(file -> file.toString().endsWith(Segment.SUFFIX));
    }

    @Test
    void onlyTheOwnerMayLookIn() throws IOException {
        append(texts(0, 1));
        for (Path file : files(folder.resolve("spool"))) {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            assertThat(mode.substring(3)).as(file.toString()).isEqualTo("------");
        }
    }

    @Test
    void eachOpenerHasItsOwnPartAndTheNextTakesWhatTheDeadLeft() throws IOException {
        append(texts(0, 10));
        Spool second = Spool.open(settings);
        second.append(payloads(texts(10, 20)));
        assertThat(second.recovered()).isZero();
        second.close();
        reopen();
        assertThat(readAll()).containsExactlyInAnyOrderElementsOf(texts(0, 20));
    }

    @Test
    void aTornTailCostsOnlyTheRecordThatIsTorn() throws IOException {
        append(texts(0, 3));
        spool.close();
        Path segment = segment();
        byte[] whole = Files.readAllBytes(segment);
        int last = whole.length / 3;
        for (int cut = 1; cut <= last; cut++) {
            Files.write(segment, java.util.Arrays.copyOf(whole, whole.length - cut));
            spool = Spool.open(settings);
            assertThat(readAll()).as("cut off " + cut).isEqualTo(texts(0, 2));
            assertThat(spool.damaged()).isEqualTo(cut == last ? 0 : 1);
            spool.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void everyFlippedBitIsFoundAndCostsOnlyItsRecord(long seed) throws IOException {
        append(texts(0, 50));
        spool.close();
        Path segment = segment();
        int size = (int) Files.size(segment) / 50;
        Random random = new Random(seed);
        int record = random.nextInt(50);
        flipOneBit(segment, record * size + random.nextInt(size), random.nextInt(8));
        spool = Spool.open(settings);
        List<String> others = new ArrayList<>(texts(0, 50));
        others.remove(record);
        assertThat(readAll()).as("seed " + seed).isEqualTo(others);
        assertThat(spool.damaged()).isEqualTo(1);
    }

    @Test
    void rubbishBetweenSegmentsIsNoReasonToStop() throws IOException {
        append(texts(0, 5));
        spool.close();
        Files.write(segment().resolveSibling("0000000000000-000000-1" + Segment.SUFFIX), new byte[300_000]);
        spool = Spool.open(settings);
        assertThat(readAll()).isEqualTo(texts(0, 5));
        assertThat(spool.damaged()).isPositive();
    }

    @Test
    void aNoteOfWhatIsAcknowledgedThatIsDamagedIsAsIfThereWereNone() throws IOException {
        append(texts(0, 5));
        spool.close();
        Path note = segment().resolveSibling(segment().getFileName() + ".acked");
        Files.write(note, new byte[] {(byte) 0xff, 0, '7'});
        spool = Spool.open(settings);
        assertThat(readAll()).isEqualTo(texts(0, 5));
    }

    @Test
    void aPartThatCannotBeUsedIsLeftAlone() throws IOException {
        spool.close();
        settings = SpoolSettings.in(Files.createDirectory(folder.resolve("other")));
        Files.createFile(settings.folder().resolve("slot-0"));
        spool = Spool.open(settings);
        append(texts(0, 5));
        assertThat(readAll()).isEqualTo(texts(0, 5));
    }

    @Test
    void whatManyDeadLeftTakesFewOpenFiles() throws IOException {
        for (int life = 0; life < 300; life++) {
            append(texts(life, life + 1));
            reopen();
        }
        assertThat(openFilesOfTheSpool()).isLessThan(20);
        assertThat(readAll()).isEqualTo(texts(0, 300));
        assertThat(openFilesOfTheSpool()).isLessThan(20);
    }

    @Test
    void readsNoFurtherAheadOfAnAcknowledgementThanMemoryAllows() throws IOException {
        byte[] payload = new byte[100_000];
        for (int i = 0; i < 300; i++) {
            spool.append(List.of(payload));
        }
        List<StoredRecord> read = new ArrayList<>();
        for (List<StoredRecord> some = spool.read(); !some.isEmpty(); some = spool.read()) {
            read.addAll(some);
            some.stream().filter(record -> record != read.get(0)).forEach(StoredRecord::acknowledge);
            spool.release();
        }
        assertThat(read.size() * (long) payload.length).isLessThan(Spool.READ_AHEAD_BYTES + (1 << 20));
        read.get(0).acknowledge();
        spool.release();
        assertThat(spool.read()).isNotEmpty();
    }

    @Test
    void whatIsDamagedAfterItWasWrittenIsCountedOnceItIsGone() throws IOException {
        append(texts(0, 50));
        flipOneBit(segment(), (int) Files.size(segment()) / 2, 3);
        for (List<StoredRecord> some = spool.read(); !some.isEmpty(); some = spool.read()) {
            some.forEach(StoredRecord::acknowledge);
        }
        spool.release();
        spool.deleteAcknowledged();
        assertThat(spool.vanished()).isEqualTo(1);
        assertThat(spool.records()).isZero();
        assertThat(spool.released()).isEqualTo(50);
    }

    @Test
    void aFolderThatCannotBeIsTold() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Spool.open(SpoolSettings.in(file.resolve("spool"))))
                .isInstanceOf(IOException.class);
    }

    /** Random work against a list in memory that does the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesLikeAListInMemory(long seed) throws IOException {
        Random random = new Random(seed);
        Deque<String> model = new ArrayDeque<>();
        Deque<StoredRecord> unacknowledged = new ArrayDeque<>();
        int next = 0;
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    List<String> more = texts(next, next + random.nextInt(40));
                    next += more.size();
                    append(more);
                    model.addAll(more);
                }
                case 2 -> unacknowledged.addAll(spool.read());
                case 3 -> {
                    for (int i = random.nextInt(30); i > 0 && !unacknowledged.isEmpty(); i--) {
                        StoredRecord record = unacknowledged.remove();
                        assertThat(text(record)).as("seed " + seed).isEqualTo(model.remove());
                        record.acknowledge();
                    }
                    spool.release();
                    spool.deleteAcknowledged();
                }
                default -> {
                    if (random.nextBoolean()) {
                        reopen();
                    } else {
                        spool.rewind();
                    }
                    unacknowledged.clear();
                }
            }
            assertThat(spool.records()).as("seed " + seed + ", step " + step).isEqualTo(model.size());
        }
    }

    private void append(List<String> texts) throws IOException {
        spool.append(payloads(texts));
    }

    private void reopen() throws IOException {
        spool.close();
        spool = Spool.open(settings);
    }

    private List<String> readAll() throws IOException {
        List<String> texts = new ArrayList<>();
        while (!spool.isRead()) {
            spool.read().forEach(record -> texts.add(text(record)));
        }
        return texts;
    }

    private Path segment() throws IOException {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(Segment.SUFFIX))
                .findFirst()
                .orElseThrow();
    }

    private static void flipOneBit(Path file, int place, int bit) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(place);
            int value = bytes.read();
            bytes.seek(place);
            bytes.write(value ^ 1 << bit);
        }
    }

    private long openFilesOfTheSpool() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(each -> leadsTo(each).startsWith(folder.toString()))
                    .count();
        }
    }

    private static String leadsTo(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            // Closed meanwhile.
            return "";
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> String.format("record %06d", i))
                .toList();
    }

    private static List<byte[]> payloads(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(UTF_8)).toList();
    }

    private static String text(StoredRecord record) {
        return new String(record.payload(), UTF_8);
    }
}
