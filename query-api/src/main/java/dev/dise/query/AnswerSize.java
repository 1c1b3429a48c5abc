package dev.dise.query;

/**
 * How large one answer is by now, over all statements that it takes. Rows carry up to 900 KiB each, and a thousand of them
 * must not fill the memory.
 */
public final class AnswerSize {
    private static final long MOST_CHARACTERS = 32L << 20;

    private long kept;
    private long last;

    /** @throws RefusedException if all rows together are too large for one answer */
    void add(int characters) {
        last += characters;
        if (kept + last > MOST_CHARACTERS) {
            throw new RefusedException(Problem.tooLarge("the rows are larger than 32 MiB; lower the limit"));
        }
    }

    /** What was added last is part of the answer. */
    void keep() {
        kept += last;
        last = 0;
    }

    /** What was added last is no part of the answer. */
    public void forget() {
        last = 0;
    }
}
