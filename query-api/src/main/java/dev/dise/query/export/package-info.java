/**
 * Whole lists as a stream: of one moment, at constant memory, few at a time. What is wrong before the first row is a
 * problem as anywhere; behind it the connection is cut, so that half an answer never looks like a whole one.
 */
@NullMarked
package dev.dise.query.export;

import org.jspecify.annotations.NullMarked;
