/** The tools that agents ask the line by, over the Model Context Protocol: a thin mapping onto the questions of the service. */
@NullMarked
package dev.dise.query.mcp;

import org.jspecify.annotations.NullMarked;
