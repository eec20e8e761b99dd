package io.tickformer.cli.explain;

import io.tickformer.console.UserError;
import io.tickformer.context.SeriesContext;
import io.tickformer.history.TickSeries;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Selects real windows of a history. Each is a context as the job would hold it: the series is
 * replayed from its first tick, and the window ends at an observed tick.
 */
final class WindowChoice {
    private final ForecastSpec spec;
    private final String source;
    private final List<TickSeries> all;

    /**
     * @param source name of the history, for messages
     * @param all at least one series, on the tick grid of the spec
     */
    WindowChoice(ForecastSpec spec, String source, List<TickSeries> all) {
        this.spec = spec;
        this.source = source;
        this.all = List.copyOf(all);
    }

    /**
     * Evenly spaced windows with a full context, equally many from each series where possible.
     *
     * @param most maximum number over all series; each series gets at least one
     * @throws UserError if no series is as long as a context
     */
    List<SeriesContext> spread(int most) {
        List<SeriesContext> windows = new ArrayList<>();
        int each = Math.max(1, most / all.size());
        for (TickSeries series : all) {
            long first = series.firstTick() + spec.contextLength() - 1;
            long last = series.endTick() - 1;
            if (last >= first && windows.size() < Math.max(1, most)) {
                collect(series, first, last, (int) Math.min(each, last - first + 1), windows);
            }
        }
        if (windows.isEmpty()) {
            throw new UserError(
                    ("%s: no series spans the context of %d ticks of %d ms; expected at least one;"
                                    + " give more rows")
                            .formatted(source, spec.contextLength(), spec.tickMillis()));
        }
        return windows;
    }

    /**
     * The windows of all series at one tick.
     *
     * @throws UserError if no series has a value in its context at that tick
     */
    List<SeriesContext> at(long tick) {
        List<SeriesContext> windows = new ArrayList<>();
        for (TickSeries series : all) {
            if (tick >= series.firstTick() && tick < series.endTick()) {
                collect(series, tick, tick, 1, windows);
            }
        }
        if (windows.isEmpty()) {
            throw new UserError(
                    "%s: there is no value at the requested time, or no context before it"
                            .formatted(source));
        }
        return windows;
    }

    private void collect(
            TickSeries series, long first, long last, int count, List<SeriesContext> windows) {
        SeriesContext context = SeriesContext.of(spec);
        int taken = 0;
        boolean[] readings = series.readings(series.firstTick(), series.endTick());
        for (long tick = series.firstTick(); tick <= last && taken < count; tick++) {
            double value = series.valueAt(tick);
            if (Double.isNaN(value)) {
                continue;
            }
            if (readings[(int) (tick - series.firstTick())]) {
                context.update(tick, value);
            } else {
                context.advanceTo(tick);
            }
            // The next evenly spaced tick, or the first observed tick after it.
            long next =
                    count == 1
                            ? last
                            : first + Math.round((double) taken * (last - first) / (count - 1));
            if (tick >= next) {
                windows.add(context.copy());
                taken++;
            }
        }
    }
}
