@NullMarked
package dev.dise.operations.routing;

import org.jspecify.annotations.NullMarked;
