package dev.dise.router;

import dev.dise.schemas.Topic;
import java.util.Set;

/** What becomes of an event. */
public sealed interface Route {
    /** It goes to these topics; to none if the config says that its type is not stored. */
    record To(Set<Topic> topics) implements Route {
        public To {
            topics = Set.copyOf(topics);
        }
    }

    /**
     * It cannot be routed.
     *
     * @param reason code of the dead letter
     * @param message the reason for a person
     */
    record Refused(String reason, String message) implements Route {}
}
