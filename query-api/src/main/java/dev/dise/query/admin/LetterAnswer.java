package dev.dise.query.admin;

import dev.dise.operations.BytesView;
import dev.dise.operations.RecordView;
import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.letters.LetterDetail;
import dev.dise.operations.letters.LetterLine;
import dev.dise.schemas.DataReader;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A dead letter with all that is needed to mend it.
 *
 * @param error why it was refused, for a person
 * @param paths the JSON pointers of what is wrong with it, where the error names any
 * @param payload its data; null if it has none, or they are no text
 * @param payloadBase64 its data where they are no text
 * @param history what was done with it, oldest first
 * @param schema the JSON Schema of its type; null if the type is not known
 */
record LetterAnswer(
        LetterLine letter,
        String error,
        List<String> paths,
        @Nullable String key,
        @Nullable String payload,
        @Nullable String payloadBase64,
        List<RecordView.HeaderView> headers,
        List<AuditEntry> history,
        @Nullable JsonNode schema) {

    static LetterAnswer of(LetterDetail detail) {
        BytesView key = detail.record().key();
        BytesView value = detail.record().value();
        return new LetterAnswer(
                LetterLine.of(detail.letter(), detail.message()),
                detail.message(),
                detail.paths(),
                key == null ? null : key.text(),
                value == null ? null : value.text(),
                value == null ? null : value.base64(),
                detail.record().headers(),
                detail.history(),
                EventType.forWireName(detail.letter().type())
                        .map(type -> Json.parse(DataReader.schemaOf(type)))
                        .orElse(null));
    }
}
