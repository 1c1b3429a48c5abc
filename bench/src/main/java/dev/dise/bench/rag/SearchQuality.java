package dev.dise.bench.rag;

import dev.dise.bench.rag.Questions.Question;
import dev.dise.cli.bench.Figure;
import dev.dise.embedding.WordVector;
import dev.dise.query.QueryApi;
import dev.dise.query.client.QueryClient;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** How well the questions find their tools: by meaning alone, by words alone, and by the search of the query side. */
final class SearchQuality implements AutoCloseable {
    private static final int HITS = 10;
    /** Chunks of a bare search: enough for ten artifacts. */
    private static final int CHUNKS = 200;

    private final RagServers servers;
    private final EmbeddingModel model;
    private final QueryApi api;
    private final QueryClient client;

    SearchQuality(RagServers servers, EmbeddingModel model) {
        this.servers = servers;
        this.model = model;
        this.api = QueryApi.start(servers.settings(), model, new Health(), new Metrics());
        this.client = new QueryClient(URI.create("http://127.0.0.1:" + api.port()));
    }

    /** What a question found. */
    private record Answer(List<String> tools, String bestFit) {}

    /** One way to search. */
    private interface Search {
        Answer of(String text) throws Exception;
    }

    List<Figure> measure(PrintWriter progress) throws Exception {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(measure("dense", this::byMeaning, progress));
        figures.addAll(measure("sparse", this::byWords, progress));
        figures.addAll(measure("fused", this::byBoth, progress));
        return figures;
    }

    private List<Figure> measure(String name, Search search, PrintWriter progress) throws Exception {
        Marks all = new Marks();
        int unlikely = 0;
        int none = 0;
        int trusted = 0;
        for (Question question : Questions.all()) {
            Answer answer = search.of(question.text());
            if (question.tools().isEmpty()) {
                none++;
                unlikely += answer.bestFit().equals("likely") ? 0 : 1;
            } else {
                all.add(question.kind(), answer.tools(), question.tools());
                trusted += answer.bestFit().equals("unlikely") ? 0 : 1;
            }
        }
        progress.printf("%s: %s%n", name, all);
        if (!name.equals("fused")) {
            return List.of(Figure.ratio("hit5_" + name, all.hits()), Figure.ratio("mrr_" + name, all.reciprocalRank()));
        }
        return List.of(
                Figure.ratioOfAtLeast(0.85, "hit5_" + name, all.hits()),
                Figure.ratioOfAtLeast(0.72, "mrr_" + name, all.reciprocalRank()),
                Figure.ratio("nothing_fits_not_called_likely", (double) unlikely / none),
                Figure.ratio("answerable_not_called_unlikely", (double) trusted / all.count()));
    }

    private Answer byMeaning(String text) throws Exception {
        return bare(QueryPoints.newBuilder()
                .setQuery(QueryFactory.nearest(model.embed(text).content().vectorAsList())));
    }

    private Answer byWords(String text) throws Exception {
        WordVector words = WordVector.ofQuestion(text);
        Query query = QueryFactory.nearest(words.values(), words.indices());
        return bare(QueryPoints.newBuilder().setQuery(query).setUsing(WordVector.NAME));
    }

    private Answer bare(QueryPoints.Builder query) throws Exception {
        query.setCollectionName(RagServers.COLLECTION)
                .setFilter(Filter.newBuilder().addMust(ConditionFactory.matchKeyword("artifact_type", "tool")))
                .setWithPayload(WithPayloadSelectorFactory.include(List.of("tool_id")))
                .setLimit(CHUNKS);
        List<String> tools = servers.client().queryAsync(query.build()).get().stream()
                .map(point -> point.getPayloadOrThrow("tool_id").getStringValue())
                .distinct()
                .limit(HITS)
                .toList();
        return new Answer(tools, "");
    }

    private Answer byBoth(String text) {
        JsonNode items = client.get(
                        "/v1/artifacts/similar",
                        Map.of(
                                "text", List.of(text),
                                "type", List.of("tool"),
                                "limit", List.of(Integer.toString(HITS))))
                .get("items");
        List<String> tools = items.valueStream()
                .map(item -> item.get("tool_id").stringValue())
                .toList();
        return new Answer(
                tools, items.isEmpty() ? "unlikely" : items.get(0).get("fit").stringValue());
    }

    @Override
    public void close() {
        client.close();
        api.close();
    }

    /** Hit rate among the first five and mean reciprocal rank among the first ten. */
    private static final class Marks {
        private final Map<String, List<Integer>> ranks = new TreeMap<>();

        void add(String kind, List<String> found, Set<String> wanted) {
            int rank = 0;
            while (rank < found.size() && !wanted.contains(found.get(rank))) {
                rank++;
            }
            ranks.computeIfAbsent(kind, k -> new ArrayList<>()).add(rank < found.size() ? rank + 1 : Integer.MAX_VALUE);
        }

        int count() {
            return all().size();
        }

        double hits() {
            return hits(all());
        }

        double reciprocalRank() {
            return reciprocalRank(all());
        }

        private List<Integer> all() {
            return ranks.values().stream().flatMap(List::stream).toList();
        }

        private static double hits(List<Integer> ranks) {
            return ranks.stream().mapToInt(rank -> rank <= 5 ? 1 : 0).average().orElse(0);
        }

        private static double reciprocalRank(List<Integer> ranks) {
            return ranks.stream().mapToDouble(rank -> 1.0 / rank).average().orElse(0);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            ranks.forEach((kind, of) -> text.append(
                    String.format("%s hit@5 %.2f MRR %.2f (%d); ", kind, hits(of), reciprocalRank(of), of.size())));
            return text.append(String.format("all hit@5 %.2f MRR %.2f", hits(), reciprocalRank()))
                    .toString();
        }
    }
}
