package dev.dise.pg.archive;

import dev.dise.runtime.config.ArchiveConfig;
import dev.dise.runtime.config.Secret;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** S3Proxy in this process: a server of the S3 protocol that checks signatures, with its objects in memory. */
final class S3Server {
    static final String ACCESS_KEY = "the-access-key";
    static final String SECRET_KEY = "the-secret-key";

    private final AtomicInteger buckets = new AtomicInteger();
    private final BlobStoreContext context;
    private final S3Proxy server;

    private S3Server(BlobStoreContext context, S3Proxy server) {
        this.context = context;
        this.server = server;
    }

    static S3Server start() throws Exception {
        BlobStoreContext context = ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
                .credentials("", "")
                .build(BlobStoreContext.class);
        S3Proxy server = S3Proxy.builder()
                .blobStore(context.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        server.start();
        return new S3Server(context, server);
    }

    /** The name of a new bucket. */
    String makeBucket() {
        String name = "cold-store-" + buckets.incrementAndGet();
        context.getBlobStore().createContainerInLocation(null, name);
        return name;
    }

    ArchiveConfig config(String target) {
        return config(target, SECRET_KEY);
    }

    ArchiveConfig config(String target, String secretKey) {
        return new ArchiveConfig(
                target,
                "http://127.0.0.1:" + server.getPort(),
                "us-east-1",
                new Secret(ACCESS_KEY),
                new Secret(secretKey));
    }

    void stop() throws Exception {
        server.stop();
        context.close();
    }
}
