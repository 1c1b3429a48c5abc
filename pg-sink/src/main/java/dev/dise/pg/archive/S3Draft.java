package dev.dise.pg.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** An object that is sent at once if it is small, else part by part: at most one part is in memory. */
final class S3Draft extends Draft {
    /** At most 10,000 parts make an object; these make one of 156 GiB. */
    private static final int PART_BYTES = 16 * 1024 * 1024;

    private final S3Client client;
    private final S3Place place;
    private final String name;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final List<CompletedPart> sent = new ArrayList<>();
    private @Nullable String uploadId;

    S3Draft(S3Client client, S3Place place, String name) {
        this.client = client;
        this.place = place;
        this.name = name;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        while (from < offset + length) {
            int fits = Math.min(PART_BYTES - part.size(), offset + length - from);
            part.write(bytes, from, fits);
            from += fits;
            if (part.size() == PART_BYTES) {
                sendPart();
            }
        }
    }

    @Override
    void commit() throws IOException {
        try {
            if (uploadId == null) {
                RequestBody body = RequestBody.fromBytes(part.toByteArray());
                client.putObject(request -> request.bucket(place.bucket()).key(place.key(name)), body);
                return;
            }
            if (part.size() > 0) {
                sendPart();
            }
            String upload = uploadId;
            client.completeMultipartUpload(request -> request.bucket(place.bucket())
                    .key(place.key(name))
                    .uploadId(upload)
                    .multipartUpload(parts -> parts.parts(sent)));
            uploadId = null;
        } catch (SdkException e) {
            throw S3Store.failure("write", place.address(name), e);
        }
    }

    @Override
    public void close() throws IOException {
        String upload = uploadId;
        if (upload == null) {
            return;
        }
        uploadId = null;
        try {
            client.abortMultipartUpload(request ->
                    request.bucket(place.bucket()).key(place.key(name)).uploadId(upload));
        } catch (SdkException e) {
            throw S3Store.failure("give up", place.address(name), e);
        }
    }

    private void sendPart() throws IOException {
        try {
            String upload = upload();
            int number = sent.size() + 1;
            RequestBody body = RequestBody.fromBytes(part.toByteArray());
            String tag = client.uploadPart(
                            request -> request.bucket(place.bucket())
                                    .key(place.key(name))
                                    .uploadId(upload)
                                    .partNumber(number),
                            body)
                    .eTag();
            sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            part.reset();
        } catch (SdkException e) {
            throw S3Store.failure("write", place.address(name), e);
        }
    }

    private String upload() {
        String upload = uploadId;
        if (upload == null) {
            upload = client.createMultipartUpload(
                            request -> request.bucket(place.bucket()).key(place.key(name)))
                    .uploadId();
            uploadId = upload;
        }
        return upload;
    }
}
