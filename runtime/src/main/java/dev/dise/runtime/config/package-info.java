/** One config.yaml for every service: read once, checked as a whole, all mistakes told together. */
@NullMarked
package dev.dise.runtime.config;

import org.jspecify.annotations.NullMarked;
