@NullMarked
package dev.dise.runtime.config;

import org.jspecify.annotations.NullMarked;
