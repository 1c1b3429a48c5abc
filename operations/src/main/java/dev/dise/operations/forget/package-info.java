/** Forget: what is known of a subject is removed from the stores and kept from coming back. */
@NullMarked
package dev.dise.operations.forget;

import org.jspecify.annotations.NullMarked;
