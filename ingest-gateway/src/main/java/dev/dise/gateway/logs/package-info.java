/** What log protocols of others have in common: a line on its way to becoming a {@code log} event, and the bounds of a push. */
@NullMarked
package dev.dise.gateway.logs;

import org.jspecify.annotations.NullMarked;
