@NullMarked
package dev.dise.runtime;

import org.jspecify.annotations.NullMarked;
