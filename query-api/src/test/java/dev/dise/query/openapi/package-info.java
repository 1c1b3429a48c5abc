@NullMarked
package dev.dise.query.openapi;

import org.jspecify.annotations.NullMarked;
