package dev.dise.query.admin;

import dev.dise.operations.Progress;
import dev.dise.operations.audit.AuditLog;
import dev.dise.operations.letters.Discard;
import dev.dise.operations.letters.LetterFilter;
import dev.dise.operations.letters.LetterId;
import dev.dise.operations.letters.Letters;
import dev.dise.operations.letters.Redrive;
import dev.dise.operations.letters.RedriveOrder;
import dev.dise.operations.letters.RedriveReport;
import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.RouteGroup;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Dead letters: looked at, sent again, given up. */
record LetterRoutes(Desk desk) implements RouteGroup {
    private static final String LETTERS = "/v1/admin/dead-letters";
    private static final int USUAL_LIMIT = 100;
    private static final int MOST = 1_000;

    @Override
    public void addTo(HttpRouting.Builder routing) {
        desk.get(routing, LETTERS + "/summary", this::summary);
        desk.get(routing, LETTERS, this::list);
        desk.getBehind(routing, LETTERS + "/", this::one);
        desk.post(routing, LETTERS + "/redrive", this::redrive);
        desk.post(routing, LETTERS + "/discard", this::discard);
    }

    private Object summary(Question question) {
        question.parameters().requireOnly(LetterFilters.NAMES);
        LetterFilter filter = filters().of(question.parameters());
        return Map.of("items", with((letters, audit) -> letters.summary(filter)));
    }

    private Object list(Question question) {
        List<String> names = new ArrayList<>(LetterFilters.NAMES);
        names.add("limit");
        question.parameters().requireOnly(names);
        LetterFilter filter = filters().of(question.parameters());
        int limit = question.parameters().number("limit", USUAL_LIMIT, 1, MOST);
        return Map.of("items", with((letters, audit) -> letters.lines(filter, limit)));
    }

    private Object one(Question question) {
        question.parameters().requireOnly(List.of());
        LetterId id = LetterFilters.id(question.name());
        return with((letters, audit) -> letters.show(id))
                .map(LetterAnswer::of)
                .orElseThrow(() -> new RefusedException(Problem.notFound("there is no dead letter " + id)));
    }

    /** What may take long is a job; of named letters, an edit or a dry run one waits for what comes of it. */
    private Object redrive(Question question) {
        RedriveOrder order = new RedriveForm(filters()).order(question);
        boolean named = !order.filter().ids().isEmpty() && order.rate() == 0;
        if (order.dryRun() || named || order.edit() != null) {
            return redrive(order, Progress.none());
        }
        return desk.begin(
                "redrive",
                order.by(),
                progress -> redrive(order, (done, total) -> progress.at("sending again", done, total)));
    }

    private RedriveReport redrive(RedriveOrder order, Progress progress) {
        return with((letters, audit) -> new Redrive(letters, desk.kafka(), audit).run(order, progress));
    }

    private Object discard(Question question) {
        List<String> names = new ArrayList<>(List.of(LetterFilters.IDS));
        names.addAll(LetterFilters.NAMES);
        names.addAll(List.of("all", "why"));
        Form form = Form.of(question, names, Set.of());
        LetterFilter filter = filters().ofSome(form.fields());
        String why = form.fields()
                .one("why")
                .orElseThrow(() -> RefusedException.badValue("why", "must say why nobody needs them any more"));
        long discarded =
                with((letters, audit) -> new Discard(letters, audit, Clock.systemUTC()).run(filter, form.by(), why));
        return Map.of("discarded", discarded);
    }

    private LetterFilters filters() {
        return new LetterFilters(desk.moments());
    }

    private <T> T with(BiFunction<Letters, AuditLog, T> work) {
        try (AuditLog audit = new AuditLog(desk.kafka())) {
            Letters letters = new Letters(desk.kafka(), audit, Letters.MAX_ATTEMPTS, Progress.none());
            return work.apply(letters, audit);
        }
    }
}
