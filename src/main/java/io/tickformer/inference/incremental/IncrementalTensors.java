package io.tickformer.inference.incremental;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.window.BatchTensors;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.model.CacheLayout;
import java.util.List;

/**
 * A micro-batch that computes of every series what is new: one token where the cache holds the
 * tokens before it, the whole context where it does not.
 *
 * <p><b>Ticks between forecasts.</b> Where a series' head moved on by several ticks, the tokens
 * that end at the ticks between are computed too, as long as they are fewer than two of each phase:
 * the next token of their phase would otherwise find its cache out of date and cost a
 * recomputation.
 *
 * <p><b>Order.</b> The tokens of one phase depend on each other; those of different phases and
 * series do not, and may be computed in one call in any order. Where a token is added whose
 * predecessor still waits, what waits is computed first.
 *
 * <p><b>Revisions.</b> {@link #forget} drops what is kept of a series. Each phase is then filled
 * again by the next forecast of that phase.
 */
public final class IncrementalTensors implements BatchTensors {
    private final CacheLayout layout;
    private final KeyValueMemory memory;
    private final ResidentSeries residents;
    private final StepRows steps;
    private final StepRows between;
    private final PrefillRows prefills;

    /**
     * For each slot of the micro-batch its row among the steps, or -1 minus that of the prefills.
     */
    private final int[] rows;

    private long stepForecasts;
    private long prefillForecasts;
    private long catchUps;

    public IncrementalTensors(DerivedModel model, CacheOptions options, int capacity) {
        layout = model.layout();
        int phases = model.spec().network().patchLength();
        memory = new KeyValueMemory(layout, phases, options);
        residents = new ResidentSeries(model.spec(), layout.window(), memory.slots());
        steps = model.newSteps(memory, capacity, true);
        between = model.newSteps(memory, capacity, false);
        prefills = model.newPrefills(memory, capacity);
        rows = new int[capacity];
    }

    @Override
    public List<Frame> encode(String series, SeriesContext context, int slot) {
        CachedSeries cached = series == null ? null : residents.admit(series, context);
        if (cached == null) {
            prefillForecasts++;
            rows[slot] = -1 - prefills.size();
            return prefills.add(null, context);
        }
        cached.follow(context);
        long head = context.headTick();
        while (cached.tick() < head - 1) {
            computeBetween(cached, context);
        }
        boolean canStep = cached.canStep(context, head);
        settle(cached, head);
        if (canStep) {
            stepForecasts++;
            rows[slot] = steps.size();
            return steps.add(cached, context);
        }
        prefillForecasts++;
        rows[slot] = -1 - prefills.size();
        return prefills.add(cached, context);
    }

    /** Moves a series on by a tick that no forecast is asked for. */
    private void computeBetween(CachedSeries cached, SeriesContext context) {
        long tick = cached.tick() + 1;
        if (layout.window() == 1 || !cached.canStep(context, tick)) {
            cached.trail().advance(context);
            return;
        }
        settle(cached, tick);
        if (between.isFull()) {
            compute();
        }
        between.add(cached, context);
        catchUps++;
    }

    /** Computes what waits where a token depends on it. */
    private void settle(CachedSeries cached, long tick) {
        if (cached.isPending(cached.phaseOf(tick))) {
            compute();
        }
    }

    private void compute() {
        between.run();
        between.clear();
        steps.run();
        prefills.run();
    }

    @Override
    public void run(GraphRunner window, int size) {
        compute();
    }

    @Override
    public void read(int slot, float[] quantiles, float[] mean) {
        if (rows[slot] >= 0) {
            steps.read(rows[slot], quantiles, mean);
        } else {
            prefills.read(-1 - rows[slot], quantiles, mean);
        }
    }

    @Override
    public void clear() {
        // A micro-batch may be cleared without having run: its tokens are part of the cache.
        compute();
        steps.clear();
        prefills.clear();
    }

    @Override
    public void release(String series) {
        residents.release(series);
    }

    @Override
    public void forget(String series) {
        residents.forget(series);
    }

    @Override
    public CacheStatistics statistics() {
        return new CacheStatistics(
                residents.slots(),
                residents.residents(),
                KeyValueMemory.seriesBytes(layout, memory.phases()),
                stepForecasts,
                prefillForecasts,
                catchUps,
                residents.evictions());
    }

    @Override
    public void close() {
        steps.close();
        between.close();
        prefills.close();
    }
}
