package dev.dise.runtime.generations;

/**
 * How a rebuild is to go.
 *
 * @param acceptGap whether to go on where the topic has lost its beginning
 * @param fromArchive whether to read the archived rows first, for what the topic has lost
 * @param share of the time that the rebuild may work while the live sink has something to do; above 0, at most 1
 * @param switchWhenVerified whether readers are switched to the new generation once it is verified
 */
public record RebuildOptions(boolean acceptGap, boolean fromArchive, double share, boolean switchWhenVerified) {
    /** Refuses gaps, leaves half of the time to the live sink, and switches. */
    public static final RebuildOptions USUAL = new RebuildOptions(false, false, 0.5, true);

    public RebuildOptions {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is above 0 and at most 1, but is " + share);
        }
    }
}
