package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message of a conversation. */
public record Conversation(
        String conversationId,
        String role,
        String content,
        @Nullable String messageId,
        @Nullable String toolId,
        @Nullable Map<String, ?> details)
        implements EventData {

    public Conversation {
        Required.id("conversation_id", conversationId);
        Required.text("role", role);
    }

    /** With nothing optional. */
    public static Conversation of(String conversationId, String role, String content) {
        return new Conversation(conversationId, role, content, null, null, null);
    }

    /** The same with this message id. */
    public Conversation withMessageId(String newMessageId) {
        return new Conversation(conversationId, role, content, newMessageId, toolId, details);
    }

    /** The same with this tool id. */
    public Conversation withToolId(String newToolId) {
        return new Conversation(conversationId, role, content, messageId, newToolId, details);
    }

    /** The same with this details. */
    public Conversation withDetails(Map<String, ?> newDetails) {
        return new Conversation(conversationId, role, content, messageId, toolId, newDetails);
    }

    @Override
    public EventType type() {
        return EventType.CONVERSATION;
    }

    @Override
    public String subject() {
        return conversationId;
    }
}
