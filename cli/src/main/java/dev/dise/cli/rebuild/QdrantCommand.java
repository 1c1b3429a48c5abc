package dev.dise.cli.rebuild;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Table;
import dev.dise.embedding.ModelCard;
import dev.dise.operations.rebuild.Generations;
import dev.dise.operations.rebuild.ModelCost;
import dev.dise.operations.rebuild.NewModelOrder;
import dev.dise.operations.rebuild.RebuildOrder;
import dev.dise.operations.rebuild.RebuildResult;
import dev.dise.rag.generations.Cost;
import dev.dise.rag.generations.Overlap;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.generations.RebuildReport;
import dev.dise.schemas.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Builds the collection anew beside the live one, with the same model or another. */
@Command(
        name = "qdrant",
        mixinStandardHelpOptions = true,
        description = "Build the collection anew beside the live one, compare both, and switch readers to it.",
        footer = {
            "",
            "With the live model nothing is embedded: the vectors are in a topic. With another model every event of dise.rag",
            "is embedded anew; its key is rag.embedding.api_key of the config. Killed, it goes on where it was.",
            "",
            "Examples:",
            "  ./dise rebuild qdrant",
            "  ./dise rebuild qdrant --model openai:text-embedding-3-small --dry-run --price-per-million-tokens 0.02",
            "  ./dise rebuild qdrant --model ollama:nomic-embed-text --queries saved.txt --min-overlap 0.6"
        })
final class QdrantCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Mixin
    private ModelOptions modelOptions = new ModelOptions();

    @Option(names = "--dry-run", description = "tell what it would cost, and do nothing")
    private boolean dryRun;

    @Option(names = "--price-per-million-tokens", paramLabel = "N", description = "for the cost")
    private @Nullable Double price;

    @Option(
            names = "--queries",
            paramLabel = "FILE",
            description =
                    "compare both models on these, one a line, or JSON with \"text\" (default: names of artifacts)")
    private @Nullable Path queries;

    @Option(
            names = "--min-overlap",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "do not switch if both agree on less of the first ten artifacts (default: ${DEFAULT-VALUE})")
    private double minOverlap;

    @Option(names = "--accept-gap", description = "go on where a topic has lost events")
    private boolean acceptGap;

    @Option(names = "--no-switch", description = "leave readers where they are; the new generation follows")
    private boolean noSwitch;

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "of the time to work while the live sink is behind (default: ${DEFAULT-VALUE})")
    private double share = 0.5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        require(share > 0 && share <= 1, "--share is above 0 and at most 1");
        require(minOverlap >= 0 && minOverlap <= 1, "--min-overlap is from 0 to 1");
        try (StackLink.Connection connection = link.open();
                Generations generations = connection.generations(Store.QDRANT)) {
            @Nullable
            ModelCard card =
                    modelOptions.card(connection.config().rag().embedding()).orElse(null);
            PhaseProgress progress = new PhaseProgress(output.progress());
            if (dryRun) {
                require(card != null, "--dry-run tells the cost of a model: name it with --model");
                if (card != null) {
                    ModelCost cost = generations.cost(card, price, progress);
                    progress.done();
                    show(cost);
                }
                return ExitCodes.OK;
            }
            RebuildOptions options = new RebuildOptions(acceptGap, false, share, !noSwitch);
            RebuildResult result = generations.rebuild(new RebuildOrder(options, newModel(card)), this::tell, progress);
            progress.done();
            show(result);
            return ExitCodes.OK;
        }
    }

    private @Nullable NewModelOrder newModel(@Nullable ModelCard card) throws IOException {
        if (card == null) {
            return null;
        }
        List<String> asked = queries == null ? List.of() : QueryFile.read(queries);
        return new NewModelOrder(card, asked, minOverlap);
    }

    private void tell(Overlap found) {
        output.progress()
                .printf(
                        "both models agree on %.2f of the first ten artifacts, on %,d queries%n",
                        found.at10(), found.queries());
    }

    private void show(ModelCost model) {
        if (output.isJson()) {
            output.json(model);
            return;
        }
        Cost cost = model.cost();
        output.table(new Table("what", "figure")
                .row("events to embed", cost.events())
                .row("texts", cost.texts())
                .row("distinct texts, each embedded once", cost.distinct())
                .row(cost.areTokensExact() ? "tokens" : "tokens, estimated", cost.tokens())
                .row("texts a second, measured now", String.format("%,.1f", cost.textsPerSecond()))
                .row("minutes", String.format("%,.1f", cost.minutes()))
                .row("price", cost.price() == null ? "not known" : String.format("%,.4f", cost.price())));
    }

    private void show(RebuildResult result) {
        RebuildReport report = result.report();
        Overlap overlap = result.overlap();
        if (output.isJson()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("report", report);
            all.put("overlap", overlap == null ? Map.of() : overlap);
            output.json(all);
            return;
        }
        output.out()
                .printf(
                        "generation %d (%s) has %,d records, read in %.1f s, and is what the former one is: digest %s%n",
                        report.generation().number(),
                        report.generation().detail(),
                        report.records(),
                        report.took().toMillis() / 1e3,
                        report.digest());
        output.out()
                .println(
                        noSwitch
                                ? "readers see what they saw; ./dise rebuild switch qdrant "
                                        + report.generation().number() + " lets them see it"
                                : "readers see it, after " + report.switched().toMillis()
                                        + " ms in which they saw the former; ./dise rebuild rollback qdrant goes back");
    }

    private void require(boolean good, String rule) {
        if (!good) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
