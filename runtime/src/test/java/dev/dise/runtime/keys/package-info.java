@NullMarked
package dev.dise.runtime.keys;

import org.jspecify.annotations.NullMarked;
