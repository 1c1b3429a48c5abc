package dev.dise.pg.archive;

import dev.dise.runtime.config.ArchiveConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An archive in a bucket of S3, or of a server that speaks its protocol. The bucket is there already. */
final class S3Store implements ArchiveStore {
    private final S3Client client;
    private final S3Place place;

    private S3Store(S3Client client, S3Place place) {
        this.client = client;
        this.place = place;
    }

    /** Below a folder of the bucket's prefix; nothing is connected yet. */
    static S3Store open(ArchiveConfig config, String folder) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(config.region()))
                .credentialsProvider(credentials(config))
                // Each file has a checksum of its own, and older servers do not know those of the newer protocol.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        if (!config.endpoint().isEmpty()) {
            // A name for each bucket is Amazon's; elsewhere the bucket is part of the path.
            builder.endpointOverride(URI.create(config.endpoint())).forcePathStyle(true);
        }
        ArchiveConfig.Bucket bucket = config.bucket();
        String prefix = bucket.prefix().isEmpty() ? folder : bucket.prefix() + "/" + folder;
        return new S3Store(builder.build(), new S3Place(bucket.name(), prefix + "/"));
    }

    private static AwsCredentialsProvider credentials(ArchiveConfig config) {
        return config.accessKey().value().isEmpty()
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        config.accessKey().value(), config.secretKey().value()));
    }

    @Override
    public Draft create(String name) {
        return new S3Draft(client, place, name);
    }

    @Override
    public InputStream get(String name) throws IOException {
        try {
            return client.getObject(request -> request.bucket(place.bucket()).key(place.key(name)));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                throw new NoSuchFileException(place.address(name), null, reason(e));
            }
            throw failure("read", place.address(name), e);
        } catch (SdkException e) {
            throw failure("read", place.address(name), e);
        }
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        try {
            return client
                    .listObjectsV2Paginator(
                            request -> request.bucket(place.bucket()).prefix(place.key(prefix)))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .map(place::name)
                    .sorted()
                    .toList();
        } catch (SdkException e) {
            throw failure("list", place.address(prefix), e);
        }
    }

    @Override
    public void remove(String name) throws IOException {
        try {
            client.deleteObject(request -> request.bucket(place.bucket()).key(place.key(name)));
        } catch (SdkException e) {
            throw failure("remove", place.address(name), e);
        }
    }

    /** A file that is not finished is no object yet. */
    @Override
    public void removeDrafts() {}

    @Override
    public void close() {
        client.close();
    }

    static IOException failure(String what, String address, SdkException e) {
        return new IOException("cannot " + what + " " + address + ": " + reason(e), e);
    }

    /** What the server says of itself; its own words may repeat parts of the request. */
    private static String reason(SdkException e) {
        if (e instanceof AwsServiceException service) {
            String code = service.awsErrorDetails() == null
                    ? "refused"
                    : service.awsErrorDetails().errorCode();
            return code + ", HTTP status " + service.statusCode();
        }
        return String.valueOf(e.getMessage());
    }
}
