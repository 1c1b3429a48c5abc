@NullMarked
package dev.dise.operations.letters;

import org.jspecify.annotations.NullMarked;
