@NullMarked
package dev.dise.query.sql;

import org.jspecify.annotations.NullMarked;
