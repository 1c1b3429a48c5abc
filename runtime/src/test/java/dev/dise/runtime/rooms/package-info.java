/** The rules of who may use what; for the module that sees all others. */
@NullMarked
package dev.dise.runtime.rooms;

import org.jspecify.annotations.NullMarked;
