package dev.dise.query.facts;

import dev.dise.query.Parameters;
import dev.dise.query.Sieve;
import dev.dise.query.SimilarArtifacts;
import dev.dise.query.SimilarArtifacts.Hits;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;

/** Search by meaning, and by what is known of the tools that artifacts belong to. */
record FactSearch(SimilarArtifacts similar, ToolFacts facts) {
    private static final String FACTS = "facts";

    Hits of(Parameters parameters) throws StoreUnavailableException {
        List<String> names = new ArrayList<>(SimilarArtifacts.NAMES);
        names.add(FACTS);
        names.add(ToolFacts.SINCE);
        names.addAll(FactFilter.NAMES);
        parameters.requireOnly(names);
        return similar.find(parameters, sieve(parameters));
    }

    private Sieve sieve(Parameters parameters) {
        FactFilter filter = FactFilter.of(parameters);
        var since = facts.since(ToolFacts.SINCE, parameters);
        return filter.isEmpty() && !parameters.flag(FACTS) ? Sieve.none() : new FactSieve(facts, since, filter);
    }
}
