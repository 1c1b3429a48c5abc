package dev.dise.query.client;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers of the query service. */
public final class AnswerMapper {
    /** Not the codec of events: an answer holds a thousand of them, and so outgrows the bounds of one. Keeps every digit. */
    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private AnswerMapper() {}
}
