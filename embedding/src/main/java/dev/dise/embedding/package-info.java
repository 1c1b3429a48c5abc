/** What makes vectors of texts: the models, behind the one interface of LangChain4j. */
@NullMarked
package dev.dise.embedding;

import org.jspecify.annotations.NullMarked;
