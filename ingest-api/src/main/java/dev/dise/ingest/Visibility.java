package dev.dise.ingest;

/** What {@link ArtifactEmitter#awaitVisible} says: whether who reads the store sees the event. */
public sealed interface Visibility {
    /** Whether it is seen. */
    default boolean isVisible() {
        return this instanceof Visible;
    }

    /** Its row or its points are there; of an entity, a version that is no older. */
    record Visible() implements Visibility {}

    /**
     * Not within the time; it may be later, or it was refused on the way and is a dead letter.
     *
     * @param reason what the last question came to, for a person
     */
    record NotYet(String reason) implements Visibility {}

    /**
     * It never will be, as events of a type that does not go to that store.
     *
     * @param reason why, for a person
     */
    record Never(String reason) implements Visibility {}
}
