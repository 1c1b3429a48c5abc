/** Questions over both stores: what is known of tools, their failures folded, versions, lineage, and the fixes near them. */
@NullMarked
package dev.dise.query.facts;

import org.jspecify.annotations.NullMarked;
