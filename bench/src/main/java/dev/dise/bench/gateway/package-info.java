/** What the door over HTTP takes in a second, and how long a client waits for its durable answer. */
@NullMarked
package dev.dise.bench.gateway;

import org.jspecify.annotations.NullMarked;
