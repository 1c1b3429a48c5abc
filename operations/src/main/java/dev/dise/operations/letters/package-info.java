/** What is done with dead letters: looked at, sent again, given up. */
@NullMarked
package dev.dise.operations.letters;

import org.jspecify.annotations.NullMarked;
