@NullMarked
package dev.dise.cli.rebuild;

import org.jspecify.annotations.NullMarked;
