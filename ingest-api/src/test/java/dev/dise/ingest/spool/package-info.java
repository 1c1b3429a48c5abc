@org.jspecify.annotations.NullMarked
package dev.dise.ingest.spool;
