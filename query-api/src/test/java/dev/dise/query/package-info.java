@NullMarked
package dev.dise.query;

import org.jspecify.annotations.NullMarked;
