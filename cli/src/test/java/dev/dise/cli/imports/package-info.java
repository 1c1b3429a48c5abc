@NullMarked
package dev.dise.cli.imports;

import org.jspecify.annotations.NullMarked;
