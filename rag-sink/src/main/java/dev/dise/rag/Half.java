package dev.dise.rag;

import dev.dise.runtime.sink.Decoder;
import dev.dise.runtime.sink.Sink;
import java.util.function.BooleanSupplier;

/**
 * One half of the way into a generation: who reads which topic, and what becomes of its records.
 *
 * @param name unique among the halves of a process
 * @param batch records of one poll at most, where nobody is in a hurry
 * @param sink belongs to whoever runs the half
 */
public record Half<T>(String name, String topic, String group, int batch, Decoder<T> decoder, Sink<T> sink) {
    /** The same, behind its followers while it is live. */
    Half<T> ordered(int generation, BooleanSupplier isLive, FollowersFirst order) {
        return new Half<>(name, topic, group, batch, decoder, new OrderedSink<>(sink, generation, isLive, order));
    }
}
