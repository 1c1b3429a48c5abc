package dev.dise.query.admin;

import dev.dise.embedding.ModelCard;
import dev.dise.embedding.ModelChoice;
import dev.dise.operations.rebuild.NewModelOrder;
import dev.dise.operations.rebuild.RebuildOrder;
import dev.dise.query.Parameters;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.schemas.Store;
import org.jspecify.annotations.Nullable;

/**
 * What is to be rebuilt.
 *
 * @param model the new model; null for the live one
 * @param dryRun whether only the cost of the model is wanted
 */
record RebuildForm(RebuildOrder order, @Nullable ModelCard model, boolean dryRun) {
    private static final int LONGEST_VECTOR = 65_536;

    static RebuildForm of(Question question, Store store, RagConfig.Embedding config) {
        Parameters fields = Form.of(
                        question,
                        "share",
                        "accept_gap",
                        "from_archive",
                        "switch",
                        "model",
                        "model_url",
                        "dimension",
                        "queries",
                        "min_overlap",
                        "dry_run")
                .fields();
        double share = fields.share("share", RebuildOptions.USUAL.share());
        boolean fromArchive = fields.flag("from_archive");
        require(share > 0, "share", "must be above 0 and at most 1");
        require(store == Store.POSTGRES || !fromArchive, "from_archive", "is of postgres: vectors have no archive");
        ModelCard model = model(fields, store, config);
        boolean dryRun = fields.flag("dry_run");
        require(model != null || !dryRun, "dry_run", "tells the cost of a model: name it as model");
        RebuildOptions options =
                new RebuildOptions(fields.flag("accept_gap"), fromArchive, share, fields.flag("switch", true));
        return new RebuildForm(
                new RebuildOrder(
                        options,
                        model == null
                                ? null
                                : new NewModelOrder(model, fields.all("queries"), fields.share("min_overlap", 0))),
                model,
                dryRun);
    }

    private static @Nullable ModelCard model(Parameters fields, Store store, RagConfig.Embedding config) {
        String name = fields.one("model").orElse(null);
        if (name == null) {
            for (String needing : new String[] {"model_url", "dimension", "queries", "min_overlap"}) {
                require(!fields.has(needing), needing, "needs model");
            }
            return null;
        }
        require(store == Store.QDRANT, "model", "is of qdrant: postgres embeds nothing");
        Integer dimension = fields.has("dimension") ? fields.number("dimension", 0, 1, LONGEST_VECTOR) : null;
        return new ModelChoice(name, fields.one("model_url").orElse(null), dimension).card(config);
    }

    private static void require(boolean good, String field, String rule) {
        if (!good) {
            throw RefusedException.badValue(field, rule);
        }
    }
}
