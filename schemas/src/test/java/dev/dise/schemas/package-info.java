@NullMarked
package dev.dise.schemas;

import org.jspecify.annotations.NullMarked;
