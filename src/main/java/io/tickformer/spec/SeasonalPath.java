package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

/**
 * A linear path around a network: what the same tick of past seasons held is weighed and added to
 * every quantile and the mean. The weights depend on how many seasons back a tick lies and how many
 * seasons ahead the forecast step does, not on the place within the season: with a day of 24 ticks,
 * 14 seasons and 96 steps they are 14 x 4 numbers (Lin et al. 2024, SparseTSF, section 3).
 *
 * <p>Where nothing repeats, seasons of one tick are the last K values, weighed for each step: the
 * network starts from the last value and learns how the series leaves it.
 *
 * <p>The network then learns what the repetition leaves, which takes far less data than learning to
 * repeat.
 *
 * @param seasonLength S, ticks in a season; 1 where nothing repeats
 * @param seasons K, seasons looked back on
 */
public record SeasonalPath(int seasonLength, int seasons) {
    public SeasonalPath {
        require(seasonLength >= 1, "seasonalPath.seasonLength", seasonLength, "at least 1 tick");
        require(seasons >= 1, "seasonalPath.seasons", seasons, "at least 1");
    }

    /** R = K S, ticks of the context that the path reads. */
    public long recentTicks() {
        return (long) seasonLength * seasons;
    }

    /** J, seasons that the horizon touches. */
    public int seasonsAhead(int horizon) {
        return (horizon + seasonLength - 1) / seasonLength;
    }
}
