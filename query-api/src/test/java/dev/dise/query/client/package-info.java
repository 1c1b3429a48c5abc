@NullMarked
package dev.dise.query.client;

import org.jspecify.annotations.NullMarked;
