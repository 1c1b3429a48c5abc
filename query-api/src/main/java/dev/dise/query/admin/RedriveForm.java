package dev.dise.query.admin;

import dev.dise.operations.letters.LetterEdit;
import dev.dise.operations.letters.RedriveOrder;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.schemas.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what is to be redriven, and how. */
record RedriveForm(LetterFilters filters) {
    private static final int MOST_A_SECOND = 100_000;

    RedriveOrder order(Question question) {
        List<String> names = new ArrayList<>(List.of(LetterFilters.IDS));
        names.addAll(LetterFilters.NAMES);
        names.addAll(List.of("all", "dry_run", "force", "rate"));
        Form form = Form.of(question, names, Set.of("edit", "set"));
        return new RedriveOrder(
                filters.ofSome(form.fields()),
                form.by(),
                form.fields().flag("dry_run"),
                form.fields().flag("force"),
                form.fields().number("rate", 0, 0, MOST_A_SECOND),
                edit(form.objects().get("edit"), form.objects().get("set")));
    }

    private static @Nullable LetterEdit edit(@Nullable ObjectNode whole, @Nullable ObjectNode some) {
        if (whole != null && some != null) {
            throw RefusedException.badValue("edit", "must not be said together with set");
        }
        if (whole != null) {
            return new LetterEdit.Replace(Json.encode(whole));
        }
        return some == null ? null : new LetterEdit.SetValues(values(some));
    }

    private static Map<String, JsonNode> values(ObjectNode some) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        some.forEachEntry((pointer, value) -> {
            if (!pointer.startsWith("/")) {
                throw RefusedException.badValue("set", "must have JSON pointers, as in {\"/severity\": \"high\"}");
            }
            values.put(pointer, value);
        });
        return values;
    }
}
