@NullMarked
package dev.dise.localdev;

import org.jspecify.annotations.NullMarked;
