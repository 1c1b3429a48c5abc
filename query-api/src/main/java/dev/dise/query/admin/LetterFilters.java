package dev.dise.query.admin;

import dev.dise.operations.letters.LetterFilter;
import dev.dise.operations.letters.LetterId;
import dev.dise.operations.letters.LetterState;
import dev.dise.query.Moments;
import dev.dise.query.Parameters;
import dev.dise.query.RefusedException;
import dev.dise.schemas.EventType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which dead letters are meant. */
record LetterFilters(Moments moments) {
    static final String IDS = "ids";
    /** What can be said of them beside their ids. */
    static final List<String> NAMES =
            List.of("stage", "reason", "type", "fingerprint", "event_id", "since", "until", "status");

    /** The letters that all of that holds for. */
    LetterFilter of(Parameters said) {
        EventType type = said.type("type");
        return new LetterFilter(
                said.list(IDS).stream().map(LetterFilters::id).collect(Collectors.toSet()),
                said.one("stage").orElse(null),
                said.one("reason").orElse(null),
                type == null ? null : type.wireName(),
                said.one("fingerprint").orElse(null),
                said.one("event_id").orElse(null),
                moments.instant("since", said),
                moments.instant("until", said),
                states(said));
    }

    /** The same, where somebody who means every letter has to say so. */
    LetterFilter ofSome(Parameters said) {
        LetterFilter filter = of(said);
        if (filter.isOpenEnded() && !said.flag("all")) {
            throw RefusedException.badValue(IDS, "or a filter must say which letters; or say all: true");
        }
        return filter;
    }

    static LetterId id(String text) {
        return LetterId.parse(text)
                .orElseThrow(() -> RefusedException.badValue(IDS, "must be as in dise.bulk-3@1024#1"));
    }

    private static Set<LetterState> states(Parameters said) {
        return said.list("status").stream()
                .map(word -> LetterState.forWireName(word)
                        .orElseThrow(() -> RefusedException.badValue(
                                "status", "must be one of " + String.join(", ", LetterState.wireNames()))))
                .collect(Collectors.toSet());
    }
}
