@NullMarked
package dev.dise.operations.forget;

import org.jspecify.annotations.NullMarked;
