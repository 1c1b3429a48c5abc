package dev.dise.gateway.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** What a decoder must bear: it may read something or refuse it, but never fail in another way. */
public final class BadBodies {
    private static final long SEED = 20_260_131;

    private BadBodies() {}

    /** Cuts the body off before each of its bytes. */
    public static void truncated(byte[] body, Consumer<byte[]> decoder) {
        for (int length = 0; length < body.length; length++) {
            readsOrRefuses(Arrays.copyOf(body, length), decoder, "cut off at " + length);
        }
    }

    /** Changes some bytes of the body, and makes up bodies. */
    public static void random(byte[] body, Consumer<byte[]> decoder) {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = body.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            readsOrRefuses(changed, decoder, "seed " + SEED + ", changed " + i);
            byte[] madeUp = new byte[random.nextInt(60)];
            random.nextBytes(madeUp);
            readsOrRefuses(madeUp, decoder, "seed " + SEED + ", made up " + i);
        }
    }

    private static void readsOrRefuses(byte[] body, Consumer<byte[]> decoder, String what) {
        try {
            decoder.accept(body);
        } catch (InvalidEventException e) {
            assertThat(e.reason()).as(what).isIn(Reason.MALFORMED, Reason.TOO_LARGE);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(what, e);
        }
    }
}
