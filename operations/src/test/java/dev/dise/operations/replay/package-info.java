@NullMarked
package dev.dise.operations.replay;

import org.jspecify.annotations.NullMarked;
