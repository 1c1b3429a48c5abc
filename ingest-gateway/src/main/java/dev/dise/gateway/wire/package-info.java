/**
 * Watches the connections below the HTTP server, which has no bounds of its own on how slowly a request may come: heads and
 * bodies in time, idle connections, how many there may be, and an end in good order.
 */
@NullMarked
package dev.dise.gateway.wire;

import org.jspecify.annotations.NullMarked;
