/**
 * The books: what became of every event that was accepted. What Kafka and Qdrant know is brought into temporary tables;
 * PostgreSQL adds what it has itself, and decides.
 */
@NullMarked
package dev.dise.pg.ledger;

import org.jspecify.annotations.NullMarked;
