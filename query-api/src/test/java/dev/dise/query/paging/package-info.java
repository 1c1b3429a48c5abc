@NullMarked
package dev.dise.query.paging;

import org.jspecify.annotations.NullMarked;
