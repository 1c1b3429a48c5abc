package dev.dise.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.operations.backup.FileCheck.State;
import dev.dise.runtime.WorkProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder of a backup promises, without a line. */
class BackupFolderTest {
    @TempDir
    private Path temp = Path.of("");

    @Test
    void onlyItsOwnerCanLookIntoIt() throws IOException {
        Path folder = temp.resolve("a/backup");
        write(folder);
        assertThat(rights(folder)).isEqualTo("rwx------");
        assertThat(rights(folder.resolve("topics"))).isEqualTo("rwx------");
        assertThat(rights(folder.resolve("manifest.json"))).isEqualTo("rw-------");
        assertThat(rights(folder.resolve("qdrant/points.00001.zst"))).isEqualTo("rw-------");
    }

    @Test
    void aFolderThatIsNotEmptyIsRefused() throws IOException {
        Files.writeString(temp.resolve("file"), "x");
        assertThatIllegalStateException()
                .isThrownBy(() -> BackupFolder.create(temp))
                .withMessageContaining("is not empty");
    }

    @Test
    void aFolderWithoutManifestIsNoBackup() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Verification.manifest(temp))
                .withMessageContaining("is no backup");
    }

    @Test
    void theManifestComesBackAsItWas() throws IOException {
        Manifest manifest = write(temp.resolve("b"));
        assertThat(Verification.manifest(temp.resolve("b"))).isEqualTo(manifest);
        assertThat(manifest.total(Kind.POINTS)).isEqualTo(3);
    }

    @Test
    void aFileIsGoodOrChangedOrMissing() throws IOException {
        Path folder = temp.resolve("b");
        Manifest manifest = write(folder);
        assertThat(check(folder, manifest)).isEqualTo(State.GOOD);
        Path file = folder.resolve("qdrant/points.00001.zst");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(check(folder, manifest)).isEqualTo(State.CHANGED);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(check(folder, manifest)).isEqualTo(State.CHANGED);
        Files.delete(file);
        assertThat(check(folder, manifest)).isEqualTo(State.MISSING);
    }

    @Test
    void aManifestThatLeadsElsewhereIsRefused() throws IOException {
        Path folder = temp.resolve("b");
        write(folder);
        Path manifest = folder.resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("qdrant/points.00001.zst", "qdrant/../../secret"));
        assertThatIllegalStateException()
                .isThrownBy(() -> Verification.manifest(folder))
                .withMessageContaining("outside");
    }

    private static State check(Path folder, Manifest manifest) {
        return Verification.of(folder, manifest, WorkProgress.NONE).get(0).state();
    }

    private static Manifest write(Path path) throws IOException {
        BackupFolder folder = BackupFolder.create(path);
        try (PointFiles files = new PointFiles(folder, "points", 1_000)) {
            for (int i = 0; i < 3; i++) {
                files.write(new byte[] {1, 2, 3});
            }
            files.finish();
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT, "id", Instant.EPOCH, Instant.EPOCH, null, null, List.of(), List.of(), folder.files());
        ManifestFile.write(folder, manifest);
        return manifest;
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
