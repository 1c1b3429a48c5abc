package dev.dise.query.admin;

import dev.dise.operations.forget.ForgetRequest;
import dev.dise.operations.forget.Forgetting;
import dev.dise.operations.slice.AuditTopic;
import dev.dise.query.Parameters;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.RouteGroup;
import dev.dise.schemas.EventType;
import io.helidon.webserver.http.HttpRouting;

/** Removes a subject from everywhere; cannot be undone, so who wants it says the subject twice. */
record ForgetRoutes(Desk desk) implements RouteGroup {
    @Override
    public void addTo(HttpRouting.Builder routing) {
        desk.post(routing, "/v1/admin/forget", this::forget);
    }

    private Object forget(Question question) {
        Parameters fields = Form.of(question, "subject", "type", "reason", "dry_run", "confirm")
                .fields();
        boolean dryRun = fields.flag("dry_run");
        ForgetRequest request = request(fields, question.by());
        if (!dryRun && !request.subject().equals(fields.one("confirm").orElse(null))) {
            throw RefusedException.badValue("confirm", "must be the subject again: this cannot be undone");
        }
        return desk.begin("forget", question.by(), progress -> {
            Forgetting forgetting = new Forgetting(desk.config(), new AuditTopic(desk.kafka()));
            return dryRun ? forgetting.plan(request, progress::at) : forgetting.run(request, progress::at);
        });
    }

    private static ForgetRequest request(Parameters fields, String by) {
        String subject = fields.one("subject")
                .orElseThrow(() -> RefusedException.badValue("subject", "must say whom or what to forget"));
        EventType type = fields.type("type");
        if (type == EventType.DELETION) {
            throw RefusedException.badValue("type", "must be that of the deletion's target");
        }
        return new ForgetRequest(subject, type, by, fields.one("reason").orElse(""));
    }
}
