@NullMarked
package dev.dise.ingest;

import org.jspecify.annotations.NullMarked;
