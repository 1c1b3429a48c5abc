@NullMarked
package dev.dise.query.facts;

import org.jspecify.annotations.NullMarked;
