package dev.dise.rag;

import dev.dise.runtime.sink.Decoder;
import dev.dise.runtime.sink.Sink;

/**
 * One half of the way into a generation: who reads which topic, and what becomes of its records.
 *
 * @param name unique among the halves of a process
 * @param batch records of one poll at most, where nobody is in a hurry
 * @param sink belongs to whoever runs the half
 */
public record Half<T>(String name, String topic, String group, int batch, Decoder<T> decoder, Sink<T> sink) {}
