@NullMarked
package dev.dise.query.console;

import org.jspecify.annotations.NullMarked;
