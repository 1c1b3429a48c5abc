/** Where a list goes on: cursors, which are places in its order. */
@NullMarked
package dev.dise.query.paging;

import org.jspecify.annotations.NullMarked;
