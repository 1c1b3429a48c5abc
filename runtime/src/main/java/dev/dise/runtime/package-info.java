/** How a service starts, reports its health and metrics, and stops. */
@NullMarked
package dev.dise.runtime;

import org.jspecify.annotations.NullMarked;
