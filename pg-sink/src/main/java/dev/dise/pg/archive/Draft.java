package dev.dise.pg.archive;

import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written. It is there once it is committed; closed before, it leaves what was there before. */
abstract class Draft extends OutputStream {
    /** Makes what was written the file, safely on its disk; nothing can be written after it. */
    abstract void commit() throws IOException;

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;

    @Override
    public final void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Throws away what was not committed. */
    @Override
    public abstract void close() throws IOException;
}
