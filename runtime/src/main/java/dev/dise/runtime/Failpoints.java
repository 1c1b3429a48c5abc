package dev.dise.runtime;

/**
 * Named places between the steps of a worker, where a test lets the process die, stop or wait. In a running system they
 * do nothing. Thread-safe; injected by constructor.
 */
@FunctionalInterface
public interface Failpoints {
    /** The system property that holds a plan; read once, where the service is put together. */
    String PROPERTY = "dise.failpoints";

    /** Says that this place is reached; may never return. */
    void hit(String point);

    /** Nothing ever happens. */
    static Failpoints none() {
        return point -> {};
    }

    /**
     * What a plan says, as in {@code sink.before_commit=halt@3,sink.after_insert=park}: at the third hit of one place the
     * process ends as if it were killed, and at every hit of the other the thread stops for good. The actions are
     * {@code halt}, {@code throw}, {@code park} and {@code sleep(millis)}.
     *
     * @param plan empty for none
     * @throws IllegalArgumentException if it is no plan
     */
    static Failpoints from(String plan) {
        return plan.isBlank() ? none() : FailpointPlan.parse(plan);
    }
}
