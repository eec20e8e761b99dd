package io.tickformer.job;

import io.tickformer.kafka.issued.ForecastProgress;
import io.tickformer.operator.NewestForecastTicks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where each series resumes after an earlier start of the job: the ticks that have a forecast in
 * the forecast topic are not forecast again.
 *
 * <p>A series with a forecast among those that were read resumes after its newest one. There are
 * three kinds of other series. New series have no earlier ticks. Silent series have no tick since
 * the oldest forecast that was read, and their older ticks were forecast. Others have only ticks
 * that {@code forecast.from} leaves out. So all other series resume at one time:
 *
 * <ul>
 *   <li>if all forecasts that matter were read, none of their ticks has a forecast. With {@code
 *       forecast.from: earliest} they resume at the earliest tick. Otherwise they resume at the
 *       first forecast of any series or the first start of the job, whichever is earlier; without
 *       forecasts at the first start or, if that is unknown, shortly before the newest reading;
 *   <li>if only the newest forecasts were read, after the tick of the oldest of these.
 * </ul>
 *
 * @param ticks the resume points, which are shipped with the job
 * @param unlisted number of series that do not fit in the list; they resume after the newest tick
 *     that most series share
 */
record ResumePoints(NewestForecastTicks ticks, int unlisted) {
    /** 16 MB of the job graph. */
    static final int MOST_SERIES = 1_000_000;

    /**
     * How the job began, at its first start.
     *
     * @param isFromStart whether ticks before the first start are not forecast
     * @param firstStart time of the first start in milliseconds, if known
     * @param stopped a time shortly before the newest reading of the earlier start
     */
    record Begun(boolean isFromStart, Optional<Long> firstStart, long stopped) {}

    /** Determines the resume points from the issued forecasts. */
    static ResumePoints of(ForecastProgress issued, Begun begun, long tickMillis) {
        return of(issued, begun, tickMillis, MOST_SERIES);
    }

    static ResumePoints of(ForecastProgress issued, Begun begun, long tickMillis, int mostSeries) {
        long othersFrom = othersFrom(issued, begun, tickMillis);
        Map<String, Long> newest = issued.newest();
        if (newest.size() <= mostSeries) {
            return new ResumePoints(NewestForecastTicks.of(newest, othersFrom), 0);
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
        // Most series have the same newest tick. They need no entry: the common time is right for
        // them.
        Map<String, Long> listed = new HashMap<>();
        byTick.remove(common);
        byTick.forEach(
                (tick, series) ->
                        series.stream()
                                .limit(mostSeries - listed.size())
                                .forEach(each -> listed.put(each, tick)));
        return new ResumePoints(
                NewestForecastTicks.of(listed, (common + 1) * tickMillis),
                newest.size() - listed.size());
    }

    private static long othersFrom(ForecastProgress issued, Begun begun, long tickMillis) {
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
        // A forecast before the first start shows that earlier ticks were forecast too.
        long firstForecast = issued.firstTick() * tickMillis;
        return Math.min(firstForecast, begun.firstStart().orElse(firstForecast));
    }
}
