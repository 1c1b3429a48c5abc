@NullMarked
package dev.dise.gateway;

import org.jspecify.annotations.NullMarked;
