package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import io.tickformer.annotation.Public;

/**
 * A linear path around a network: a weighted sum of the values at the same tick of past seasons is
 * added to every quantile and to the mean. A weight depends on how many seasons back the value lies
 * and how many seasons ahead the forecast step lies, not on the position within the season: with
 * seasons of 24 ticks, 14 past seasons and 96 steps there are 14 x 4 weights (Lin et al. 2024,
 * SparseTSF, section 3).
 *
 * <p>For series without a season, a season of one tick gives a weighted sum of the last K values
 * for each step: the network starts from the last values and learns the deviation from them.
 *
 * <p>The network only has to learn the remainder, which takes far less data than learning the
 * repetition.
 *
 * @param seasonLength S, ticks in a season; 1 for series without a season
 * @param seasons K, number of past seasons
 */
@Public
public record SeasonalPath(int seasonLength, int seasons) {
    public SeasonalPath {
        require(seasonLength >= 1, "seasonalPath.seasonLength", seasonLength, "at least 1 tick");
        require(seasons >= 1, "seasonalPath.seasons", seasons, "at least 1");
    }

    /** R = K S, ticks of the context that the path reads. */
    public long recentTicks() {
        return (long) seasonLength * seasons;
    }

    /** J, number of seasons that the horizon touches. */
    public int seasonsAhead(int horizon) {
        return (horizon + seasonLength - 1) / seasonLength;
    }
}
