/** How a metric goes over time. */
@NullMarked
package dev.dise.query.performance;

import org.jspecify.annotations.NullMarked;
