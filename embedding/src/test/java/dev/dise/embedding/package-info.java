@NullMarked
package dev.dise.embedding;

import org.jspecify.annotations.NullMarked;
