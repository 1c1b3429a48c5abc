/** {@code dise demo}: the whole line seen at work, with every event accounted for. */
@NullMarked
package dev.dise.cli.demo;

import org.jspecify.annotations.NullMarked;
