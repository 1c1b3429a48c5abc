/** How another program asks the query service. */
@NullMarked
package dev.dise.query.client;

import org.jspecify.annotations.NullMarked;
