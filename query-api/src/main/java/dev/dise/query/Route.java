package dev.dise.query;

import dev.dise.runtime.keys.Scope;

/**
 * A path, who it is open to, and what answers there.
 *
 * @param prefix the fixed part of the path; the whole of it unless it ends with a slash
 */
record Route(String prefix, Scope scope, Answering answering) {}
