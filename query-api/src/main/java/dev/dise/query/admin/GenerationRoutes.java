package dev.dise.query.admin;

import dev.dise.embedding.ModelCard;
import dev.dise.operations.rebuild.Generations;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.RouteGroup;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.schemas.Store;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Generations of the stores: looked at, built, shown to readers, dropped. */
record GenerationRoutes(Desk desk) implements RouteGroup {
    private static final String GENERATIONS = "/v1/admin/generations";
    private static final String NUMBER = "number";

    @Override
    public void addTo(HttpRouting.Builder routing) {
        desk.get(routing, GENERATIONS, this::list);
        desk.postBehind(routing, GENERATIONS + "/", "rebuild", this::rebuild);
        desk.postBehind(routing, GENERATIONS + "/", "switch", this::switchTo);
        desk.postBehind(routing, GENERATIONS + "/", "rollback", this::rollback);
        desk.postBehind(routing, GENERATIONS + "/", "drop", this::drop);
    }

    private Object list(Question question) {
        question.parameters().requireOnly(List.of());
        List<GenerationInfo> all = new ArrayList<>();
        for (Store store : Generations.STORES) {
            if (store == Store.QDRANT || desk.config().database().enabled()) {
                try (Generations generations = open(store, question.by())) {
                    all.addAll(generations.list());
                }
            }
        }
        return Map.of("items", all);
    }

    private Object rebuild(Question question) {
        Store store = store(question);
        RebuildForm form = RebuildForm.of(question, store, desk.config().rag().embedding());
        ModelCard model = form.model();
        if (form.dryRun() && model != null) {
            return desk.begin("rebuild-cost", question.by(), progress -> {
                try (Generations generations = open(store, question.by())) {
                    return generations.cost(model, null, progress);
                }
            });
        }
        return desk.begin("rebuild", question.by(), progress -> {
            try (Generations generations = open(store, question.by())) {
                return generations.rebuild(form.order(), progress);
            }
        });
    }

    private Object switchTo(Question question) {
        int number = number(question);
        try (Generations generations = open(store(question), question.by())) {
            Duration waited = generations.switchTo(number);
            return Map.of("store", generations.store(), "live", number, "held_up_millis", waited.toMillis());
        }
    }

    private Object rollback(Question question) {
        Form unused = Form.of(question);
        try (Generations generations = open(store(question), question.by())) {
            Duration waited = generations.rollback();
            return Map.of("store", generations.store(), "held_up_millis", waited.toMillis());
        }
    }

    private Object drop(Question question) {
        int number = number(question);
        try (Generations generations = open(store(question), question.by())) {
            generations.drop(number);
            return Map.of("store", generations.store(), "dropped", number);
        }
    }

    private Generations open(Store store, String by) {
        return Generations.open(store, desk.config(), by);
    }

    private static Store store(Question question) {
        return Store.forWireName(question.firstSegment()).orElseThrow(() -> Desk.noSuch("store", question));
    }

    private static int number(Question question) {
        Form form = Form.of(question, NUMBER);
        if (!form.fields().has(NUMBER)) {
            throw RefusedException.badValue(NUMBER, "must say which generation");
        }
        return form.fields().number(NUMBER, 0, 1, Integer.MAX_VALUE);
    }
}
