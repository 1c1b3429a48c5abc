@NullMarked
package dev.dise.query.mcp;

import org.jspecify.annotations.NullMarked;
