/** How the line flows: samples of every hop, and what they mean. */
@NullMarked
package dev.dise.query.flow;

import org.jspecify.annotations.NullMarked;
