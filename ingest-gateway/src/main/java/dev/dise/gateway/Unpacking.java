package dev.dise.gateway;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.dise.runtime.config.GatewayLimits;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/** Unpacks bodies, within bounds that hold while they are unpacked. */
final class Unpacking {
    /** 8 MiB, which a decoder of zstd has to hold. */
    private static final int ZSTD_WINDOW_LOG = 23;

    private static final int PIECE = 16 * 1024;
    /** By how much a stream may grow; logs that repeat themselves a lot stay far below. */
    private static final int STREAM_RATIO = 200;

    private final Coding coding;
    private final GatewayLimits.Sizes sizes;
    private final MemoryBudget.Share share;

    Unpacking(Coding coding, GatewayLimits.Sizes sizes, MemoryBudget.Share share) {
        this.coding = coding;
        this.sizes = sizes;
        this.share = share;
    }

    /**
     * All of it.
     *
     * @param length of what comes, if that is known
     */
    byte[] all(Incoming incoming, OptionalLong length) {
        try {
            byte[] all = coding == Coding.IDENTITY ? plain(incoming, length) : packed(incoming);
            if (incoming.read() >= 0) {
                throw new ProblemException(Problem.encoding());
            }
            return all;
        } catch (IOException e) {
            throw new ProblemException(Problem.encoding());
        }
    }

    /** The same as a stream, whose length is bounded only by what comes. */
    InputStream stream(Incoming incoming) {
        if (coding == Coding.IDENTITY) {
            return incoming;
        }
        try {
            return new Bounded(incoming, unpack(incoming));
        } catch (IOException e) {
            throw new ProblemException(Problem.encoding());
        }
    }

    private byte[] plain(Incoming incoming, OptionalLong length) throws IOException {
        if (length.isPresent()) {
            byte[] all = new byte[(int) length.getAsLong()];
            incoming.readNBytes(all, 0, all.length);
            return all;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(PIECE);
        byte[] piece = new byte[PIECE];
        for (int read = incoming.read(piece, 0, PIECE); read >= 0; read = incoming.read(piece, 0, PIECE)) {
            all.write(piece, 0, read);
            if (all.size() > sizes.body()) {
                throw new ProblemException(Problem.bodyTooLarge(sizes.body()));
            }
        }
        return all.toByteArray();
    }

    private byte[] packed(Incoming incoming) throws IOException {
        try (InputStream unpacked = unpack(incoming)) {
            return packed(incoming, unpacked);
        }
    }

    private byte[] packed(Incoming incoming, InputStream unpacked) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(PIECE);
        byte[] piece = new byte[PIECE];
        for (int read = unpacked.read(piece); read >= 0; read = unpacked.read(piece)) {
            share.grow(read);
            all.write(piece, 0, read);
            if (incoming.count() > sizes.body()) {
                throw new ProblemException(Problem.bodyTooLarge(sizes.body()));
            }
            if (all.size() > sizes.decompressed()) {
                throw new ProblemException(Problem.decompressedTooLarge(sizes.decompressed()));
            }
        }
        return all.toByteArray();
    }

    private InputStream unpack(Incoming incoming) throws IOException {
        if (coding == Coding.GZIP) {
            return new GZIPInputStream(incoming, PIECE);
        }
        ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(incoming);
        zstd.setLongMax(ZSTD_WINDOW_LOG);
        return zstd;
    }

    /** Ends a stream that grows as only a bomb does. */
    private final class Bounded extends FilterInputStream {
        private final Incoming incoming;
        private long count;

        Bounded(Incoming incoming, InputStream unpacked) {
            super(unpacked);
            this.incoming = incoming;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int read;
            try {
                read = super.read(target, offset, length);
            } catch (IOException e) {
                throw new ProblemException(Problem.encoding());
            }
            count += Math.max(0, read);
            if (count > Math.max(sizes.decompressed(), STREAM_RATIO * incoming.count())) {
                throw new ProblemException(Problem.decompressedTooLarge(sizes.decompressed()));
            }
            return read;
        }
    }
}
