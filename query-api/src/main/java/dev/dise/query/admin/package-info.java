/** What operators do to the line, over HTTP: each concern has its routes; the work itself is in the operations. */
@NullMarked
package dev.dise.query.admin;

import org.jspecify.annotations.NullMarked;
