package dev.dise.rag;

import io.grpc.CallOptions;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Stands before a Qdrant server, passes every call on, and lets upserts go wrong as told. */
final class FaultyQdrant implements AutoCloseable {
    /** What an overloaded server asks for. */
    static final int RETRY_AFTER_SECONDS = 7;

    private static final int MOST_BYTES = 64 << 20;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final ManagedChannel upstream;
    private final Server server;
    private Supplier<Fault> next = () -> Fault.NONE;

    /** What happens to an upsert. */
    enum Fault {
        NONE,
        /** Refused, nothing done. */
        UNAVAILABLE,
        /** Never answered, nothing done. */
        HANGS,
        /** Done, but the answer is lost. */
        ANSWER_LOST,
        /** Refused, with a time to wait. */
        OVERLOADED,
        /** An answer that sounds well and says that nothing is done yet. */
        NOT_APPLIED
    }

    private FaultyQdrant(int port) throws IOException {
        this.upstream = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(MOST_BYTES)
                .build();
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .maxInboundMessageSize(MOST_BYTES)
                .fallbackHandlerRegistry(new Everything())
                .build()
                .start();
    }

    static FaultyQdrant before(int port) {
        try {
            return new FaultyQdrant(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    /** These faults happen to the next upserts, one each; then none. */
    void then(Fault... faults) {
        var queue = new ConcurrentLinkedQueue<>(List.of(faults));
        always(() -> {
            Fault fault = queue.poll();
            return fault == null ? Fault.NONE : fault;
        });
    }

    void always(Supplier<Fault> faults) {
        next = faults;
    }

    @Override
    public void close() {
        closing.countDown();
        server.shutdownNow();
        upstream.shutdownNow();
    }

    private void handle(MethodDescriptor<byte[], byte[]> method, byte[] request, StreamObserver<byte[]> answer) {
        Fault fault = method.getFullMethodName().endsWith("/Upsert") ? next.get() : Fault.NONE;
        switch (fault) {
            case NONE -> pass(method, request, answer);
            case UNAVAILABLE -> answer.onError(Status.UNAVAILABLE.asRuntimeException());
            case OVERLOADED -> answer.onError(overloaded());
            case NOT_APPLIED -> {
                answer.onNext(notApplied());
                answer.onCompleted();
            }
            case ANSWER_LOST -> {
                ClientCalls.blockingUnaryCall(upstream, method, CallOptions.DEFAULT, request);
                answer.onError(
                        Status.UNAVAILABLE.withDescription("connection reset").asRuntimeException());
            }
            case HANGS -> hang();
        }
    }

    private void pass(MethodDescriptor<byte[], byte[]> method, byte[] request, StreamObserver<byte[]> answer) {
        try {
            answer.onNext(ClientCalls.blockingUnaryCall(upstream, method, CallOptions.DEFAULT, request));
            answer.onCompleted();
        } catch (StatusRuntimeException e) {
            answer.onError(e);
        }
    }

    private void hang() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StatusRuntimeException overloaded() {
        Metadata trailers = new Metadata();
        trailers.put(
                Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER),
                Integer.toString(RETRY_AFTER_SECONDS));
        return Status.RESOURCE_EXHAUSTED.asRuntimeException(trailers);
    }

    private static byte[] notApplied() {
        return PointsOperationResponse.newBuilder()
                .setResult(UpdateResult.newBuilder().setStatus(UpdateStatus.Acknowledged))
                .build()
                .toByteArray();
    }

    /** Takes every method there is. */
    private final class Everything extends HandlerRegistry {
        @Override
        public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
            MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
                    .setType(MethodType.UNARY)
                    .setFullMethodName(name)
                    .setRequestMarshaller(new Bytes())
                    .setResponseMarshaller(new Bytes())
                    .build();
            return ServerMethodDefinition.create(
                    method, ServerCalls.asyncUnaryCall((request, answer) -> handle(method, request, answer)));
        }
    }

    /** Messages as they come. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
