/** What all parts agree on: event types, envelope, JSON Schemas, topic names and storage strategies. */
@NullMarked
package dev.dise.schemas;

import org.jspecify.annotations.NullMarked;
