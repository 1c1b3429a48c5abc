/** What a rebuild beside the living line costs, and what it costs the line. */
@NullMarked
package dev.dise.bench.rebuild;

import org.jspecify.annotations.NullMarked;
