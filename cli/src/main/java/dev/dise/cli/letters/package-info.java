/** Commands that look at dead letters, send them again and give them up, and that show what operators did. */
@NullMarked
package dev.dise.cli.letters;

import org.jspecify.annotations.NullMarked;
