/** Commands about what is known over both stores: bugs resolved, fixes, lineage. */
@NullMarked
package dev.dise.cli.facts;

import org.jspecify.annotations.NullMarked;
