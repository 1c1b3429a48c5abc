/** Who may use the HTTP doors: keys with a name, scopes, an end and a rate, of which only hashes are kept. */
@NullMarked
package dev.dise.runtime.keys;

import org.jspecify.annotations.NullMarked;
