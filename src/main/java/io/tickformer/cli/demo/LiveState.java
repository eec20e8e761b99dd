package io.tickformer.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tickformer.evaluation.TopicForecastScorer;
import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.Tick;
import io.tickformer.spec.SeasonalNaive;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The data of the live page. The threads that send and read records write it; the threads of the
 * web server read it. Every method holds the same lock.
 */
final class LiveState {
    /** Number of ticks plotted to the left of the newest. */
    static final int KEPT_TICKS = 240;

    /** Number of series in the list of the page. */
    static final int LISTED_SERIES = 500;

    private static final long RATE_NANOS = 5_000_000_000L;
    private static final double NANOS = 1e9;

    private final long tickMillis;
    private final SeasonalNaive naive;
    private final int[] leads;
    private final int mostSeries;
    private final LongSupplier nanoClock;
    private final ObjectMapper mapper = new ObjectMapper();

    @GuardedBy("this")
    private final TopicForecastScorer scorer;

    @GuardedBy("this")
    private final Map<String, SeriesTrace> traces = new LinkedHashMap<>();

    @GuardedBy("this")
    private final LiveFeedback feedback = new LiveFeedback();

    @GuardedBy("this")
    private final Deque<CountAt> rate = new ArrayDeque<>();

    @GuardedBy("this")
    private long events;

    @GuardedBy("this")
    private long ticks;

    @GuardedBy("this")
    private long forecasts;

    @GuardedBy("this")
    private long deadLetters;

    @GuardedBy("this")
    private long late;

    @GuardedBy("this")
    private String phase = "starting";

    /**
     * @param series keys to list from the start
     * @param horizon number of steps in a forecast
     * @param nanoClock a monotonic clock in nanoseconds
     */
    LiveState(
            List<String> series,
            long tickMillis,
            int horizon,
            SeasonalNaive naive,
            LongSupplier nanoClock) {
        this(series, tickMillis, horizon, naive, Integer.MAX_VALUE, nanoClock);
    }

    /**
     * @param mostSeries number of series to keep; further ones are only counted
     */
    LiveState(
            List<String> series,
            long tickMillis,
            int horizon,
            SeasonalNaive naive,
            int mostSeries,
            LongSupplier nanoClock) {
        this.tickMillis = tickMillis;
        this.mostSeries = mostSeries;
        this.naive = naive;
        this.nanoClock = nanoClock;
        int far = Math.min(horizon, naive.period());
        leads = far > 1 ? new int[] {1, far} : new int[] {1};
        scorer = new TopicForecastScorer(naive);
        for (String key : series) {
            traces.put(key, new SeriesTrace(KEPT_TICKS, leads));
        }
    }

    synchronized void phase(String now) {
        phase = now;
    }

    /** Counts a sent record. The tick carries its value so far; null if the record has no tick. */
    synchronized void sent(Tick tick) {
        events++;
        if (tick != null && isKept(tick.series())) {
            traceOf(tick.series()).actual(tick.index(), tick.value());
        }
    }

    /** Counts a sent tick, and takes the ticks that have become final. */
    synchronized void tickSent(List<Tick> finalNow) {
        ticks++;
        settle(finalNow);
    }

    /** Takes ticks that have become final. */
    synchronized void settle(List<Tick> finalNow) {
        for (Tick tick : finalNow) {
            if (!isKept(tick.series())) {
                continue;
            }
            scorer.actual(tick.series(), tick.index(), tick.value());
        }
    }

    synchronized void forecast(Forecast forecast) {
        forecasts++;
        if (isKept(forecast.series())) {
            scorer.forecast(forecast);
            traceOf(forecast.series()).forecast(forecast);
        }
    }

    /** Takes a score of a series, or of the whole job, whose key is empty. */
    synchronized void score(ForecastScore score) {
        if (score.series().isEmpty()) {
            feedback.jobScore(score, areMostWarm(score));
        } else if (isKept(score.series())) {
            feedback.score(score);
        }
    }

    synchronized void anomaly(Anomaly anomaly) {
        if (!isKept(anomaly.series())) {
            return;
        }
        SeriesTrace trace = traceOf(anomaly.series());
        long before = trace.anomalies();
        trace.anomaly(anomaly);
        feedback.anomalies(trace.anomalies() - before);
    }

    synchronized void event(ForecastEvent event) {
        feedback.event(event);
    }

    @GuardedBy("this")
    private boolean areMostWarm(ForecastScore score) {
        int known = 0;
        int warm = 0;
        for (SeriesTrace trace : traces.values()) {
            known += trace.hasForecast() ? 1 : 0;
            warm += trace.isWarm(score) ? 1 : 0;
        }
        return 2 * warm > known;
    }

    synchronized void counts(long deadLettersNow, long lateNow) {
        deadLetters = deadLettersNow;
        late = lateNow;
    }

    synchronized DemoSummary summary(double forecastsPerSecond) {
        return new DemoSummary(
                events,
                ticks,
                forecasts,
                deadLetters,
                late,
                scorer.total(),
                scorer.meanRelativeError(),
                naive.period(),
                feedback.coverage80(),
                feedback.anomalies(),
                forecastsPerSecond);
    }

    /** Counters, how good recent forecasts were, and the list of series with the same. */
    synchronized String overview() {
        ObjectNode json = mapper.createObjectNode();
        json.put("phase", phase);
        json.put("tickMillis", tickMillis);
        json.put("season", naive.period());
        json.put("events", events);
        json.put("ticks", ticks);
        json.put("forecasts", forecasts);
        json.put("deadLetters", deadLetters);
        json.put("late", late);
        json.put("forecastsPerSecond", Math.round(currentRate()));
        feedback.writeTo(json);
        ArrayNode aheads = json.putArray("leads");
        for (int lead : leads) {
            aheads.add(lead);
        }
        json.put("seriesCount", traces.size());
        ArrayNode list = json.putArray("series");
        for (Map.Entry<String, SeriesTrace> trace : traces.entrySet()) {
            if (list.size() == LISTED_SERIES) {
                break;
            }
            ObjectNode one = list.addObject();
            one.put("key", trace.getKey());
            feedback.writeTo(one, trace.getKey(), trace.getValue());
        }
        return json.toString();
    }

    /**
     * The plot of one series, or null if there is no such series.
     *
     * @param lead index into the lead times for which past forecasts are kept
     */
    synchronized String plot(String key, int lead) {
        SeriesTrace trace = traces.get(key);
        if (trace == null) {
            return null;
        }
        ObjectNode json = mapper.createObjectNode();
        json.put("key", key);
        int known = Math.max(0, Math.min(lead, leads.length - 1));
        json.put("lead", leads[known]);
        trace.writeTo(json, tickMillis, known);
        return json.toString();
    }

    @GuardedBy("this")
    private boolean isKept(String key) {
        return traces.size() < mostSeries || traces.containsKey(key);
    }

    @GuardedBy("this")
    private SeriesTrace traceOf(String key) {
        return traces.computeIfAbsent(key, any -> new SeriesTrace(KEPT_TICKS, leads));
    }

    /** Forecasts per second over the last few seconds. */
    @GuardedBy("this")
    private double currentRate() {
        long now = nanoClock.getAsLong();
        rate.add(new CountAt(now, forecasts));
        while (now - rate.getFirst().nanos() > RATE_NANOS) {
            rate.removeFirst();
        }
        double seconds = (now - rate.getFirst().nanos()) / NANOS;
        return seconds > 0 ? (forecasts - rate.getFirst().count()) / seconds : 0;
    }

    private record CountAt(long nanos, long count) {}
}
