package dev.dise.query.flow;

import org.jspecify.annotations.Nullable;

/**
 * A reader of the line, and how it keeps up.
 *
 * @param rateIn records a second that its topic gets
 * @param rateOut records a second that it is done with
 * @param state caught up, draining, growing or stalled
 * @param etaSeconds until it has caught up, if it goes on so; null if it will not
 * @param delayP50Seconds how old a record is when it is done with it, over the last minute, to half a second; null if unknown
 */
public record Reader(
        String name,
        String topic,
        long records,
        long lag,
        double rateIn,
        double rateOut,
        String state,
        @Nullable Double etaSeconds,
        @Nullable Double delayP50Seconds,
        @Nullable Double delayP95Seconds) {}
