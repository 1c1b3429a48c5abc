@NullMarked
package dev.dise.query.export;

import org.jspecify.annotations.NullMarked;
