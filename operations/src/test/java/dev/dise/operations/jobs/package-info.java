@NullMarked
package dev.dise.operations.jobs;

import org.jspecify.annotations.NullMarked;
