package io.tickformer.job;

import io.tickformer.kafka.issued.IssuedForecasts;
import io.tickformer.operator.ForecastProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which ticks an earlier start of a job has forecast, by what its topic of forecasts holds.
 *
 * <p>A series with a forecast among those that were read goes on after its newest one. Of the other
 * series there are three kinds. New ones have nothing to hold back. Silent ones have not ticked
 * since the oldest forecast that was read, and what they have from before it was forecast then. And
 * some have nothing but ticks that {@code forecast.from} leaves out. So they are held to one time:
 *
 * <ul>
 *   <li>where all forecasts that can matter were read, none of their ticks has a forecast: they are
 *       forecast as the job began, from its first start on where that is known, else from the first
 *       tick on that any series was forecast at, else from the newest reading of the earlier start
 *       on; all of them where {@code forecast.from} says so;
 *   <li>where only the newest were read, after the tick that was forecast at the oldest of them.
 * </ul>
 *
 * @param ticks what travels with the job
 * @param unlisted series with forecasts that are too many to be listed and are held to the time of
 *     the others
 */
record ResumePoints(ForecastProgress ticks, int unlisted) {
    /** 16 MB of a job's description. */
    static final int MOST_SERIES = 1_000_000;

    /**
     * How the job began.
     *
     * @param isFromStart whether ticks before its first start are left out
     * @param firstStart when that was, in milliseconds, where it is known
     * @param stopped a little before the newest reading of the earlier start
     */
    record Begun(boolean isFromStart, Optional<Long> firstStart, long stopped) {}

    /** Decides, given what is forecast and how the job began. */
    static ResumePoints of(IssuedForecasts issued, Begun begun, long tickMillis) {
        return of(issued, begun, tickMillis, MOST_SERIES);
    }

    static ResumePoints of(IssuedForecasts issued, Begun begun, long tickMillis, int mostSeries) {
        long othersFrom = othersFrom(issued, begun, tickMillis);
        Map<String, Long> newest = issued.newest();
        if (newest.size() <= mostSeries) {
            return new ResumePoints(ForecastProgress.of(newest, othersFrom), 0);
        }
        Map<Long, List<String>> byTick = new TreeMap<>();
        newest.forEach(
                (series, tick) ->
                        byTick.computeIfAbsent(tick, each -> new ArrayList<>()).add(series));
        long common = Long.MIN_VALUE;
        int most = 0;
        for (Map.Entry<Long, List<String>> each : byTick.entrySet()) {
            if (each.getValue().size() > most) {
                most = each.getValue().size();
                common = each.getKey();
            }
        }
        // Most series have come to the same tick: the time of the others is right for them.
        Map<String, Long> listed = new HashMap<>();
        byTick.remove(common);
        byTick.forEach(
                (tick, series) ->
                        series.stream()
                                .limit(mostSeries - listed.size())
                                .forEach(each -> listed.put(each, tick)));
        return new ResumePoints(
                ForecastProgress.of(listed, (common + 1) * tickMillis),
                newest.size() - listed.size());
    }

    private static long othersFrom(IssuedForecasts issued, Begun begun, long tickMillis) {
        boolean isNone = issued.newest().isEmpty();
        if (!isNone && !issued.isWhole()) {
            return (issued.oldestTick() + 1) * tickMillis;
        }
        if (!begun.isFromStart()) {
            return Long.MIN_VALUE;
        }
        if (isNone) {
            return begun.firstStart().orElse(begun.stopped());
        }
        // What was forecast shows that earlier ticks than those after the first start count.
        long firstForecast = issued.firstTick() * tickMillis;
        return Math.min(firstForecast, begun.firstStart().orElse(firstForecast));
    }
}
