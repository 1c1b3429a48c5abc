/** Long work that somebody began over HTTP and looks at while it runs. */
@NullMarked
package dev.dise.operations.jobs;

import org.jspecify.annotations.NullMarked;
