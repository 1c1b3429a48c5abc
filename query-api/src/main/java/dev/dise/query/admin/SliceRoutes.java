package dev.dise.query.admin;

import dev.dise.operations.replay.Replay;
import dev.dise.operations.replay.ReplayRequest;
import dev.dise.operations.routing.RouteChange;
import dev.dise.operations.slice.AuditTopic;
import dev.dise.operations.slice.RecordFilter;
import dev.dise.query.Parameters;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.RouteGroup;
import dev.dise.runtime.config.StorageRules;
import dev.dise.schemas.Store;
import io.helidon.webserver.http.HttpRouting;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Part of what has passed the line: replayed, routed anew. */
record SliceRoutes(Desk desk) implements RouteGroup {
    @Override
    public void addTo(HttpRouting.Builder routing) {
        desk.post(routing, "/v1/admin/replay", this::replay);
        desk.post(routing, "/v1/admin/routes/diff", this::diff);
        desk.post(routing, "/v1/admin/routes/apply", this::apply);
    }

    private Object replay(Question question) {
        Parameters fields = Form.of(
                        question,
                        "to",
                        "type",
                        "since",
                        "until",
                        "tool",
                        "subject",
                        "run",
                        "id",
                        "all",
                        "dry_run",
                        "restart",
                        "accept_gap")
                .fields();
        ReplayRequest request = request(fields);
        boolean dryRun = fields.flag("dry_run");
        return desk.begin("replay", question.by(), progress -> {
            try (Replay replay = Replay.to(request.store(), desk.config(), new AuditTopic(desk.kafka()))) {
                return dryRun ? replay.plan(request, progress::at) : replay.run(request, question.by(), progress::at);
            }
        });
    }

    private ReplayRequest request(Parameters fields) {
        Store store = fields.one("to")
                .flatMap(Store::forWireName)
                .orElseThrow(() -> RefusedException.badValue("to", "must be postgres or qdrant"));
        @Nullable String tool = fields.one("tool").orElse(null);
        @Nullable String subject = fields.one("subject").orElse(null);
        @Nullable String run = fields.one("run").orElse(null);
        Instant until = desk.moments().instant("until", fields);
        RecordFilter filter =
                new RecordFilter(fields.types("type"), until, tool, subject, run, Set.copyOf(fields.all("id")));
        if (filter.isOpen() && !fields.flag("all")) {
            throw RefusedException.badValue("type", "or tool, subject, run or id must say what; or say all: true");
        }
        String name = ReplayRequest.name(
                store,
                fields.list("type"),
                fields.all("id"),
                fields.one("since").orElse(null),
                fields.one("until").orElse(null),
                tool,
                subject,
                run);
        return new ReplayRequest(
                store,
                desk.moments().instant("since", fields),
                filter,
                name,
                fields.flag("restart"),
                fields.flag("accept_gap"));
    }

    private Object diff(Question question) {
        Parameters fields = Form.of(question, "config", "since").fields();
        RouteChange change = change(fields);
        Instant since = desk.moments().instant("since", fields);
        return desk.begin("route-diff", question.by(), progress -> change.diff(since, progress::at));
    }

    private Object apply(Question question) {
        Parameters fields = Form.of(question, "config", "since", "restart").fields();
        RouteChange change = change(fields);
        Instant since = desk.moments().instant("since", fields);
        String typed = fields.one("since").orElse("null");
        boolean restart = fields.flag("restart");
        return desk.begin(
                "route-apply",
                question.by(),
                progress -> change.apply(since, typed, restart, question.by(), progress::at));
    }

    private RouteChange change(Parameters fields) {
        String text = fields.one("config")
                .orElseThrow(() -> RefusedException.badValue("config", "must be the text of the new config"));
        return new RouteChange(
                desk.kafka(),
                desk.config().database().storage(),
                StorageRules.read(text),
                new AuditTopic(desk.kafka()));
    }
}
