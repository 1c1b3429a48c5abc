@NullMarked
package dev.dise.cli.terminal;

import org.jspecify.annotations.NullMarked;
