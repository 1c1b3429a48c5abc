@NullMarked
package dev.dise.ingest.logging;

import org.jspecify.annotations.NullMarked;
