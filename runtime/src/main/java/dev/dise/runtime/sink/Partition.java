package dev.dise.runtime.sink;

/** One partition of one topic. */
public record Partition(String topic, int number) {}
