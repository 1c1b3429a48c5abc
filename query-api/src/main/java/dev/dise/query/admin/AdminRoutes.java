package dev.dise.query.admin;

import dev.dise.operations.jobs.Jobs;
import dev.dise.query.Answers;
import dev.dise.query.Moments;
import dev.dise.query.RouteGroup;
import dev.dise.runtime.config.DiseConfig;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;

/**
 * What changes the line, and what only who may change it may see. Work that takes long is a job: 202 with its id, and how far
 * it is at {@code /v1/admin/jobs/{id}}.
 */
public final class AdminRoutes implements RouteGroup {
    private final List<RouteGroup> groups;

    /** @param config of the line that is changed; its logins must be allowed to */
    public AdminRoutes(DiseConfig config, Answers answers, Jobs jobs, Moments moments) {
        Desk desk = new Desk(config, answers, jobs, moments);
        groups = List.of(
                new JobRoutes(desk),
                new LetterRoutes(desk),
                new GenerationRoutes(desk),
                new BookRoutes(desk),
                new SliceRoutes(desk),
                new ForgetRoutes(desk),
                new BackupRoutes(desk));
    }

    /** Adds them all. */
    @Override
    public void addTo(HttpRouting.Builder routing) {
        groups.forEach(group -> group.addTo(routing));
    }
}
