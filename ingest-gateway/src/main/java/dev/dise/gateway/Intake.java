package dev.dise.gateway;

/** Takes requests that bring events, once the door has let them in. */
@FunctionalInterface
interface Intake {
    /**
     * Takes one, and says what came of it.
     *
     * @throws ProblemException if it is refused as a whole
     * @throws dev.dise.schemas.InvalidEventException if it is refused as a whole
     */
    Reply take(Arrival arrival);
}
