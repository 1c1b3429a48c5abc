@NullMarked
package dev.dise.bench;

import org.jspecify.annotations.NullMarked;
