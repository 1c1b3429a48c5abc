package dev.dise.query;

/** An answer that says that the work has only begun: 202. */
public record Accepted(Object body) {}
