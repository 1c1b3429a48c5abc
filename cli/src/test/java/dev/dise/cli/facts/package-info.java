@NullMarked
package dev.dise.cli.facts;

import org.jspecify.annotations.NullMarked;
