package dev.dise.pg.archive;

import java.io.IOException;
import java.io.OutputStream;

/** Measures what passes. Closing what packs must not close the file, which is committed first. */
final class MeasuredOutput extends OutputStream {
    private final OutputStream out;
    private final Measure measure;

    MeasuredOutput(OutputStream out, Measure measure) {
        this.out = out;
        this.measure = measure;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        measure.take(bytes, offset, length);
        out.write(bytes, offset, length);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }
}
