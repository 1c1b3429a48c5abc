/** What a Java tool embeds to leave artifacts behind: emit and forget, and count what could not be delivered. */
@NullMarked
package dev.dise.ingest;

import org.jspecify.annotations.NullMarked;
