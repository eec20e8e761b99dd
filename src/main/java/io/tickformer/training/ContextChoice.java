package io.tickformer.training;

import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import io.tickformer.spec.ForecastSpec;

/**
 * How far back a streaming transformer looks, for whoever has no wishes of their own.
 *
 * @param patchLength P
 * @param attentionWindow W
 * @param layers L
 */
public record ContextChoice(int patchLength, int attentionWindow, int layers) {
    /** Context of 544 ticks. */
    private static final ContextChoice LONG = new ContextChoice(16, 12, 3);

    /** Context of 120 ticks. */
    private static final ContextChoice MEDIUM = new ContextChoice(8, 8, 2);

    /** Context of 44 ticks. */
    private static final ContextChoice SHORT = new ContextChoice(4, 6, 2);

    /** A history holds at least this many contexts, so that no window is most of what there is. */
    private static final int CONTEXTS_IN_HISTORY = 4;

    /** The longest choice that the longest series of a history holds several times. */
    public static ContextChoice suited(History history) {
        int longest = 0;
        for (SeriesHistory series : history.series()) {
            longest = Math.max(longest, series.observed());
        }
        if (LONG.fits(longest)) {
            return LONG;
        }
        return MEDIUM.fits(longest) ? MEDIUM : SHORT;
    }

    /** T, the ticks it looks back. */
    public int contextLength() {
        return ForecastSpec.receptiveField(patchLength, attentionWindow, layers);
    }

    private boolean fits(int ticks) {
        return (long) CONTEXTS_IN_HISTORY * contextLength() <= ticks;
    }
}
