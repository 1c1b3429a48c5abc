package dev.dise.query.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsoleFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/dise/query/console");
    private static final String VENDORED = "vendor/VENDORED.txt";

    private final ConsoleFiles files = new ConsoleFiles();

    @Test
    void everyFileIsServedAndNoOther() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            List<String> names = all.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString())
                    .filter(name -> !name.equals(VENDORED))
                    .toList();
            assertThat(ConsoleFiles.NAMES).containsExactlyInAnyOrderElementsOf(names);
        }
        assertThat(files.find("../QueryApi.class")).isEmpty();
        assertThat(files.find(VENDORED)).isEmpty();
        assertThat(files.find("")).isPresent();
    }

    @Test
    void whatOthersWroteIsWhatTheyPublished() throws Exception {
        List<String[]> rows = text(VENDORED)
                .lines()
                .map(line -> line.split(" +"))
                .filter(columns -> columns.length == 6 && columns[5].matches("[0-9a-f]{64}"))
                .toList();
        assertThat(rows)
                .extracting(columns -> "vendor/" + columns[0])
                .containsExactlyInAnyOrderElementsOf(ConsoleFiles.NAMES.stream()
                        .filter(name -> name.startsWith("vendor/"))
                        .toList());
        for (String[] columns : rows) {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(files.find("vendor/" + columns[0]).orElseThrow().bytes());
            assertThat(HexFormat.of().formatHex(digest)).as(columns[0]).isEqualTo(columns[5]);
            assertThat(columns[4]).isIn("MIT", "Apache-2.0");
        }
    }

    @Test
    void aPageMayTalkToWhereItCameFromAndRunNothingElse() {
        assertThat(files.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void nothingIsAskedOfAnybodyElse() throws IOException {
        Pattern address = Pattern.compile("(?:src|href|import|fetch)\\W{1,4}https?://");
        for (String name : ConsoleFiles.NAMES) {
            assertThat(address.matcher(text(name)).find()).as(name).isFalse();
        }
    }

    /** The first page, packed: what a phone on a bad line waits for. */
    @Test
    void theLibrariesAreSmall() {
        int packed = ConsoleFiles.NAMES.stream()
                .filter(name -> name.startsWith("vendor/"))
                .mapToInt(name -> files.find(name).orElseThrow().packed().length)
                .sum();
        assertThat(packed).isLessThan(50 << 10);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ConsoleFiles.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
