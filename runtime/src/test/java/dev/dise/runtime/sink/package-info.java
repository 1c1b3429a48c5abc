@NullMarked
package dev.dise.runtime.sink;

import org.jspecify.annotations.NullMarked;
