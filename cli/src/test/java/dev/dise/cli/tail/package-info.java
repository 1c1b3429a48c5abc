@NullMarked
package dev.dise.cli.tail;

import org.jspecify.annotations.NullMarked;
