@NullMarked
package dev.dise.pg;

import org.jspecify.annotations.NullMarked;
