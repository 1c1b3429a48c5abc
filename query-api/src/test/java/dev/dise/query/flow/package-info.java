@NullMarked
package dev.dise.query.flow;

import org.jspecify.annotations.NullMarked;
