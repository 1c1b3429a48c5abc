@NullMarked
package dev.dise.operations.backup;

import org.jspecify.annotations.NullMarked;
