package dev.dise.operations.jobs;

import dev.dise.runtime.WorkProgress;

/** What a job does, in a thread of its own. */
@FunctionalInterface
public interface Work {
    /**
     * Does it.
     *
     * @return what came of it, as it is to be shown
     * @throws Exception why it was not done; its message is shown to people
     */
    Object run(WorkProgress progress) throws Exception;
}
