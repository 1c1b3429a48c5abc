/** The whole line with steady traffic through it, for what is measured beside a living line. */
@NullMarked
package dev.dise.bench.line;

import org.jspecify.annotations.NullMarked;
