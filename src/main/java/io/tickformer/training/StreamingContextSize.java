package io.tickformer.training;

import io.tickformer.annotation.Internal;
import io.tickformer.history.History;
import io.tickformer.history.SeriesSummary;
import io.tickformer.spec.TransformerArchitecture;
import java.util.List;

/**
 * The size of a streaming transformer's context.
 *
 * @param patchLength P
 * @param attentionWindow W
 * @param layers L
 */
@Internal
public record StreamingContextSize(int patchLength, int attentionWindow, int layers) {
    /** Context of 544 ticks. */
    private static final StreamingContextSize LONG = new StreamingContextSize(16, 12, 3);

    /** Context of 120 ticks. */
    private static final StreamingContextSize MEDIUM = new StreamingContextSize(8, 8, 2);

    /** Context of 44 ticks. */
    private static final StreamingContextSize SHORT = new StreamingContextSize(4, 6, 2);

    /**
     * A history has to hold at least this many contexts, so that a single window is not most of the
     * data.
     */
    private static final int CONTEXTS_IN_HISTORY = 4;

    /**
     * Suggests the longest context for which enough series are several contexts long: those series
     * must hold half of all observations, so that a few long series among many short ones do not
     * decide.
     */
    public static StreamingContextSize suggested(History history) {
        for (StreamingContextSize choice : List.of(LONG, MEDIUM)) {
            if (choice.fits(history)) {
                return choice;
            }
        }
        return SHORT;
    }

    /** T, context length in ticks. */
    public int contextLength() {
        return TransformerArchitecture.receptiveField(patchLength, attentionWindow, layers);
    }

    private boolean fits(History history) {
        long least = (long) CONTEXTS_IN_HISTORY * contextLength();
        long all = 0;
        long inLongSeries = 0;
        for (SeriesSummary series : history.summaries()) {
            all += series.observations();
            inLongSeries += series.observations() >= least ? series.observations() : 0;
        }
        return 2 * inLongSeries >= all;
    }
}
