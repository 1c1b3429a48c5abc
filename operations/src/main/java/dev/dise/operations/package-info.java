/**
 * What is done to the line as a whole, above the sinks and the router: each concern has a package below this one. Whatever
 * touches a store goes through that store's own room; here nothing knows SQL or Qdrant.
 */
@NullMarked
package dev.dise.operations;

import org.jspecify.annotations.NullMarked;
