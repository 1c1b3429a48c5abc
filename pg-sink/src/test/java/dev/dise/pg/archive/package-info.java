@NullMarked
package dev.dise.pg.archive;

import org.jspecify.annotations.NullMarked;
