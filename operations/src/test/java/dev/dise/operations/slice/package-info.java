@NullMarked
package dev.dise.operations.slice;

import org.jspecify.annotations.NullMarked;
