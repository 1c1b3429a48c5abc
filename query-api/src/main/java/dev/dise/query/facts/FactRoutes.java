package dev.dise.query.facts;

import dev.dise.query.AncestryQuery;
import dev.dise.query.Answering;
import dev.dise.query.Answers;
import dev.dise.query.Database;
import dev.dise.query.Moments;
import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.RouteGroup;
import dev.dise.query.SimilarArtifacts;
import dev.dise.runtime.keys.Scope;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.helidon.webserver.http.HttpRouting;

/** Questions over both stores, and what is done about bugs. */
public final class FactRoutes implements RouteGroup {
    private static final String BUGS = "/v1/bugs/";

    private final Answers answers;
    private final FailureGroups groups;
    private final Ranking ranking;
    private final ToolPage page;
    private final ToolVersions versions;
    private final FactSearch search;
    private final KnownFixes fixes;
    private final Lineage lineage;
    private final BugDeeds bugs;

    /** What is asked. */
    public record Sources(Database database, SimilarArtifacts similar, AncestryQuery ancestry, Moments moments) {}

    /**
     * Routes to these stores.
     *
     * @param emission for what is done about bugs
     */
    public FactRoutes(Answers answers, Sources sources, Emission emission) {
        this.answers = answers;
        Database database = sources.database();
        ToolFacts facts = new ToolFacts(database, sources.moments());
        groups = new FailureGroups(database, sources.moments());
        ranking = new Ranking(facts);
        page = new ToolPage(facts);
        versions = new ToolVersions(database);
        search = new FactSearch(sources.similar(), facts);
        fixes = new KnownFixes(sources.similar(), facts);
        lineage = new Lineage(sources.ancestry(), facts);
        bugs = new BugDeeds(database, sources.moments(), emission);
    }

    /** Adds them all. */
    @Override
    public void addTo(HttpRouting.Builder routing) {
        get(routing, "/v1/failures/groups", question -> groups.of(question.parameters()));
        get(routing, "/v1/artifacts/similar", question -> search.of(question.parameters()));
        get(routing, "/v1/known-fixes", question -> fixes.of(question.parameters()));
        get(routing, "/v1/tools/ranking", question -> ranking.of(question.parameters()));
        getBehind(routing, "/v1/tools/", this::tool);
        getBehind(routing, "/v1/lineage/", question -> lineage.of(question.name(), question.parameters()));
        routing.post(BUGS + "{+rest}", answers.handler(BUGS, Scope.EMIT, this::bug));
    }

    /** Taken apart here, since an id may have a slash in it. */
    private Object bug(Question question) throws StoreUnavailableException {
        return switch (question.behindFirstSegment().rest()) {
            case "resolve" -> bugs.resolve(question);
            case "reopen" -> bugs.reopen(question);
            default ->
                throw new RefusedException(
                        Problem.notFound("no such path; there are /v1/bugs/<id>/resolve and /v1/bugs/<id>/reopen"));
        };
    }

    private Object tool(Question question) throws StoreUnavailableException {
        String toolId = question.firstSegment();
        if (toolId.isBlank()) {
            throw new RefusedException(Problem.notFound("the path ends before the tool"));
        }
        return switch (question.behindFirstSegment().rest()) {
            case "" -> page.of(toolId, question.parameters());
            case "versions" -> versions.of(toolId, question.parameters());
            default -> throw new RefusedException(Problem.notFound("no such path; there is /v1/tools/<id>/versions"));
        };
    }

    private void get(HttpRouting.Builder routing, String path, Answering answering) {
        routing.get(path, answers.handler(path, answering));
    }

    private void getBehind(HttpRouting.Builder routing, String prefix, Answering answering) {
        routing.get(prefix + "{+rest}", answers.handler(prefix, answering));
    }
}
