/** The data of each type of event, as records that check themselves. Field names in JSON are the snake-case form. */
@NullMarked
package dev.dise.schemas.data;

import org.jspecify.annotations.NullMarked;
