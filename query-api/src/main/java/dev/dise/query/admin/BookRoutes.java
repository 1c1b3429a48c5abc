package dev.dise.query.admin;

import dev.dise.operations.audit.AuditFilter;
import dev.dise.operations.audit.AuditLog;
import dev.dise.operations.ledger.Ledger;
import dev.dise.operations.ledger.LedgerView;
import dev.dise.operations.ledger.LinePlaces;
import dev.dise.operations.verify.Verification;
import dev.dise.query.Parameters;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.RouteGroup;
import dev.dise.runtime.compare.CompareOptions;
import dev.dise.schemas.Store;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether everything is where it belongs, and who did what. */
record BookRoutes(Desk desk) implements RouteGroup {
    private static final int USUAL_LIMIT = 100;
    private static final int MOST_FINDINGS = 10_000;
    private static final int MOST_ENTRIES = 1_000;

    @Override
    public void addTo(HttpRouting.Builder routing) {
        desk.post(routing, "/v1/admin/verify", this::verify);
        desk.post(routing, "/v1/admin/ledger", this::ledger);
        desk.get(routing, "/v1/admin/audit", this::audit);
    }

    private Object verify(Question question) {
        Parameters fields =
                Form.of(question, "since", "store", "repair", "limit").fields();
        CompareOptions options = new CompareOptions(
                desk.moments().instant("since", fields),
                fields.flag("repair"),
                fields.number("limit", USUAL_LIMIT, 0, MOST_FINDINGS));
        Set<Store> stores = stores(fields);
        return desk.begin(
                "verify",
                question.by(),
                progress -> new Verification(desk.config(), LinePlaces.of(desk.config()), Clock.systemUTC())
                        .run(stores, options, question.by(), progress));
    }

    private Object ledger(Question question) {
        Parameters fields = Form.of(question, "since", "by").fields();
        Instant since = desk.moments().instant("since", fields);
        String by = fields.one("by").orElse("type");
        if (!LedgerView.SUMMED_BY.contains(by)) {
            throw RefusedException.badValue("by", "must be one of " + String.join(", ", LedgerView.SUMMED_BY));
        }
        return desk.begin(
                "ledger",
                question.by(),
                progress -> new Ledger(desk.config(), LinePlaces.of(desk.config()), Clock.systemUTC())
                        .view(since, by, progress));
    }

    private Object audit(Question question) {
        Parameters said = question.parameters();
        said.requireOnly(List.of("since", "action", "target", "limit"));
        AuditFilter filter = new AuditFilter(
                Set.copyOf(said.list("action")),
                said.one("target").orElse(null),
                desk.moments().instant("since", said));
        int limit = said.number("limit", USUAL_LIMIT, 1, MOST_ENTRIES);
        try (AuditLog audit = new AuditLog(desk.kafka())) {
            return Map.of("items", audit.newest(filter, limit));
        }
    }

    private static Set<Store> stores(Parameters fields) {
        return fields.one("store")
                .map(name -> (Set<Store>) EnumSet.of(Store.forWireName(name)
                        .orElseThrow(() -> RefusedException.badValue("store", "must be postgres or qdrant"))))
                .orElse(EnumSet.allOf(Store.class));
    }
}
