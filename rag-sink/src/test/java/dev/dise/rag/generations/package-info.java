@NullMarked
package dev.dise.rag.generations;

import org.jspecify.annotations.NullMarked;
