@NullMarked
package dev.dise.pg.generations;

import org.jspecify.annotations.NullMarked;
