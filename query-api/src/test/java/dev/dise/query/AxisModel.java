package dev.dise.query;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.List;

/** Stands in for a model: a text about sorting points one way, one about parsing another, all else a third way. */
final class AxisModel implements EmbeddingModel {
    static final int DIMENSIONS = 3;

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        return Response.from(segments.stream()
                .map(segment -> Embedding.from(vectorOf(segment.text())))
                .toList());
    }

    @Override
    public int dimension() {
        return DIMENSIONS;
    }

    static float[] vectorOf(String text) {
        float sorting = text.contains("sort") ? 1 : 0;
        float parsing = text.contains("parse") ? 1 : 0;
        return new float[] {sorting, parsing, sorting + parsing > 0 ? 0.1f : 1};
    }
}
