/** SQL by people: one statement that only reads, by a role that may read the views of dise and nothing else. */
@NullMarked
package dev.dise.query.sql;

import org.jspecify.annotations.NullMarked;
