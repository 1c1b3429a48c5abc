@NullMarked
package dev.dise.rag;

import org.jspecify.annotations.NullMarked;
