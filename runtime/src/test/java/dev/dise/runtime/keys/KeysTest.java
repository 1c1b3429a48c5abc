package dev.dise.runtime.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dise.runtime.sink.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder = Path.of("");

    private KeyFile file = new KeyFile(folder, clock);

    @BeforeEach
    void nameTheFile() {
        file = new KeyFile(folder.resolve("keys.json"), clock);
    }

    @Test
    void onlyTheHashOfASecretIsKeptAndOnlyItsOwnerReadsTheFile() throws IOException {
        NewKey made = create("ci", null);
        assertThat(made.text()).matches("dise_[a-z0-9]{8}_[A-Za-z0-9_-]{43}");
        String secret = made.text().substring(14);
        assertThat(Files.readString(file.path())).contains(made.key().keyId()).doesNotContain(secret);
        assertThat(made.toString() + file.read()).doesNotContain(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyOpensWhatItsScopesSay() {
        NewKey made = create("ci", null);
        KeyRing ring = new KeyRing(file, clock);
        assertThat(ring.admit(made.text(), Scope.EMIT)).isEqualTo(new Admission.Admitted(made.key()));
        assertThat(ring.admit(made.text(), Scope.QUERY)).isEqualTo(new Admission.WrongScope(made.key()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dise_", "x", "dise_aaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoKeyOpensNothing(String text) {
        create("ci", null);
        assertThat(new KeyRing(file, clock).admit(text, Scope.EMIT)).isEqualTo(new Admission.Unknown());
    }

    @Test
    void aSecretThatDiffersInOneLetterOpensNothing() {
        String good = create("ci", null).text();
        String last = good.endsWith("A") ? "B" : "A";
        KeyRing ring = new KeyRing(file, clock);
        assertThat(ring.admit(good.substring(0, good.length() - 1) + last, Scope.EMIT))
                .isEqualTo(new Admission.Unknown());
    }

    @Test
    void aKeyEndsWhenItsTimeIsOver() {
        NewKey made = create("ci", Duration.ofDays(1));
        KeyRing ring = new KeyRing(file, clock);
        clock.advance(Duration.ofDays(1).minusSeconds(1));
        assertThat(ring.admit(made.text(), Scope.EMIT)).isInstanceOf(Admission.Admitted.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ring.admit(made.text(), Scope.EMIT)).isEqualTo(new Admission.Unknown());
    }

    @Test
    void aNameHasTwoLiveKeysAtMost() {
        create("ci", Duration.ofDays(1));
        create("ci", null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create("ci", null))
                .withMessageContaining("two live keys");
        clock.advance(Duration.ofDays(2));
        assertThat(create("ci", null).key().name()).isEqualTo("ci");
    }

    @Test
    void changesHoldWithinSeconds() {
        KeyRing ring = new KeyRing(file, clock);
        NewKey made = create("ci", null);
        tick();
        assertThat(ring.admit(made.text(), Scope.EMIT)).isInstanceOf(Admission.Admitted.class);
        assertThat(file.revoke(made.key().keyId())).isTrue();
        assertThat(file.revoke(made.key().keyId())).isFalse();
        tick();
        assertThat(ring.admit(made.text(), Scope.EMIT)).isEqualTo(new Admission.Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"keys\":[{\"name\":\"ci\"}]}",
                "{\"keys\":[],\"keyz\":[]}",
                "{\"keys\":[{\"name\":\"x y\",\"key_id\":\"aaaaaaaa\",\"sha256\":\"0\",\"scopes\":[\"emit\"]}]}"
            })
    void aBadFileChangesNothing(String bad) throws IOException {
        NewKey made = create("ci", null);
        KeyRing ring = new KeyRing(file, clock);
        Files.writeString(file.path(), bad);
        tick();
        assertThat(ring.admit(made.text(), Scope.EMIT)).isInstanceOf(Admission.Admitted.class);
        assertThatIllegalArgumentException().isThrownBy(file::read);
        Files.delete(file.path());
        tick();
        assertThat(ring.admit(made.text(), Scope.EMIT)).isInstanceOf(Admission.Admitted.class);
    }

    private NewKey create(String name, @Nullable Duration lifetime) {
        return file.create(new KeyFile.Wish(name, Set.of(Scope.EMIT), lifetime, null, null));
    }

    private void tick() {
        clock.advance(Duration.ofSeconds(3));
    }
}
