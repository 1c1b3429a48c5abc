@NullMarked
package dev.dise.router;

import org.jspecify.annotations.NullMarked;
