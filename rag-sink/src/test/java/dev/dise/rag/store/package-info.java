@NullMarked
package dev.dise.rag.store;

import org.jspecify.annotations.NullMarked;
