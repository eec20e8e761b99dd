package io.tickformer.spec;

import io.tickformer.annotation.Internal;
import java.util.List;

/** Sizes that follow from a {@link ForecastSpec}, mostly those of a network's tensors. */
@Internal
public sealed interface SpecSizes permits ForecastSpec {
    int contextLength();

    int horizon();

    Normalisation normalisation();

    List<CalendarFeature> calendarFeatures();

    SeasonalPath seasonalPath();

    List<String> channels();

    NetworkArchitecture network();

    /** N, tokens in a context. */
    default int tokens() {
        return contextLength() / network().patchLength();
    }

    /**
     * Number of most recent ticks whose normalised values a forecast can depend on, the seasonal
     * path included.
     */
    default int reach() {
        return Math.max(network().reach(contextLength()), recentTicks());
    }

    /**
     * Number of most recent ticks that a forecast can depend on: the context, and the ticks before
     * it from which its frames are computed. The ring of a series holds so many ticks.
     */
    default int ringTicks() {
        return contextLength() + normalisation().memoryTicks();
    }

    /** R, ticks that the seasonal path reads; 0 without one. */
    default int recentTicks() {
        return seasonalPath() == null ? 0 : (int) seasonalPath().recentTicks();
    }

    /** C, channels that are read and forecast together; 1 for a univariate model. */
    default int channelCount() {
        return Math.max(1, channels().size());
    }

    /** C P, values in a token: the P ticks of the first channel, then of the second, and so on. */
    default int tokenValues() {
        return Math.multiplyExact(channelCount(), network().patchLength());
    }

    /**
     * Number of features of a token in addition to its values: two for the movement of each
     * channel's frame, then sine and cosine of each calendar cycle.
     */
    default int tokenFeatures() {
        return 2 * channelCount() + 2 * calendarFeatures().size();
    }

    /** C H, forecast steps of all channels: those of the first channel, then of the second, ... */
    default int outputSteps() {
        return Math.multiplyExact(channelCount(), horizon());
    }

    /** C R, values that the seasonal path reads, channel by channel. */
    default int recentValues() {
        return Math.multiplyExact(channelCount(), recentTicks());
    }
}
