package dev.dise.gateway;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.util.Set;

/** Lets compressed bodies through as they are: whoever reads a body also bounds it. */
final class PushEncodings implements ContentEncoding {
    @Override
    public Set<String> ids() {
        return Set.of("gzip", "snappy");
    }

    @Override
    public boolean supportsEncoding() {
        return false;
    }

    @Override
    public boolean supportsDecoding() {
        return true;
    }

    @Override
    public ContentDecoder decoder() {
        return ContentDecoder.NO_OP;
    }

    @Override
    public ContentEncoder encoder() {
        return ContentEncoder.NO_OP;
    }

    @Override
    public String name() {
        return "push";
    }

    @Override
    public String type() {
        return "push";
    }
}
