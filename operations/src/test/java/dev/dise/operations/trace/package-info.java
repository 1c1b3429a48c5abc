@NullMarked
package dev.dise.operations.trace;

import org.jspecify.annotations.NullMarked;
