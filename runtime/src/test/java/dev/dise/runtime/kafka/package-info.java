@NullMarked
package dev.dise.runtime.kafka;

import org.jspecify.annotations.NullMarked;
