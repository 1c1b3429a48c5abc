/** The three servers of the system without Docker, for one machine and for tests. */
@NullMarked
package dev.dise.embedded;

import org.jspecify.annotations.NullMarked;
