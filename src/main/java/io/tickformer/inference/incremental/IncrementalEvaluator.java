package io.tickformer.inference.incremental;

import io.tickformer.annotation.Internal;
import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.window.BatchEvaluator;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.model.CacheLayout;
import java.util.List;

/**
 * Evaluates a model incrementally: one new token per forecast if the cache holds the tokens before
 * it, the whole context if it does not.
 *
 * <p><b>Ticks between forecasts.</b> If the head of a series advances by several ticks, the tokens
 * that end at the ticks between are computed too, as long as they are fewer than two per phase.
 * Otherwise the next token of their phase would find its cache out of date and cost a
 * recomputation.
 *
 * <p><b>Order.</b> The tokens of one phase depend on each other. Those of different phases and
 * series do not, and may be computed in one call in any order. If a token is added whose
 * predecessor is pending, the pending ones are computed first.
 *
 * <p><b>Revisions.</b> {@link #forget} drops the tokens of a series. The next forecast of each
 * phase fills that phase again.
 */
@Internal
public final class IncrementalEvaluator implements BatchEvaluator {
    private final CacheLayout layout;
    private final KeyValueMemory memory;
    private final CacheAdmission admission;
    private final TokenBatch newest;
    private final TokenBatch between;
    private final PrefillBatch prefills;

    /**
     * For each row of the micro-batch its row among the newest tokens, or -1 minus its row among
     * the prefills.
     */
    private final int[] rows;

    private int size;
    private long hits;
    private long misses;
    private long catchUps;

    /**
     * @param capacity rows it takes, at least 1
     */
    public IncrementalEvaluator(IncrementalModel model, CacheOptions options, int capacity) {
        layout = model.layout();
        int phases = model.spec().network().patchLength();
        memory = new KeyValueMemory(layout, phases, options);
        admission = new CacheAdmission(model.spec(), layout.window(), memory.entries());
        newest = model.newTokens(memory, capacity, true);
        between = model.newTokens(memory, capacity, false);
        prefills = model.newPrefills(memory, capacity);
        rows = new int[capacity];
    }

    @Override
    public List<Frame> add(String series, SeriesContext context) {
        int row = size++;
        CacheEntry entry = series == null ? null : admission.admit(series, context);
        if (entry == null) {
            return prefill(row, null, context);
        }
        entry.follow(context);
        long head = context.headTick();
        while (entry.tick() < head - 1) {
            computeBetween(entry, context);
        }
        boolean isHit = entry.isCached(context, head);
        settle(entry, head);
        if (!isHit) {
            return prefill(row, entry, context);
        }
        hits++;
        rows[row] = newest.size();
        return newest.add(entry, context);
    }

    private List<Frame> prefill(int row, CacheEntry entry, SeriesContext context) {
        misses++;
        rows[row] = -1 - prefills.size();
        return prefills.add(entry, context);
    }

    /** Moves an entry on by a tick without a forecast. */
    private void computeBetween(CacheEntry entry, SeriesContext context) {
        long tick = entry.tick() + 1;
        if (layout.window() == 1 || !entry.isCached(context, tick)) {
            entry.frames().advance(context);
            return;
        }
        settle(entry, tick);
        if (between.isFull()) {
            run();
        }
        between.add(entry, context);
        catchUps++;
    }

    /** Computes what is pending if the token at a tick depends on it. */
    private void settle(CacheEntry entry, long tick) {
        if (entry.isPending(entry.phaseOf(tick))) {
            run();
        }
    }

    @Override
    public void run() {
        between.run();
        between.clear();
        newest.run();
        prefills.run();
    }

    @Override
    public void read(int row, float[] quantiles, float[] mean) {
        if (rows[row] >= 0) {
            newest.read(rows[row], quantiles, mean);
        } else {
            prefills.read(-1 - rows[row], quantiles, mean);
        }
    }

    @Override
    public void clear() {
        // The rows may not have run yet, and their tokens are part of the cache.
        run();
        newest.clear();
        prefills.clear();
        size = 0;
    }

    @Override
    public void discard() {
        between.clear();
        newest.clear();
        prefills.clear();
        admission.discard();
        size = 0;
    }

    @Override
    public void release(String series) {
        admission.release(series);
    }

    @Override
    public void forget(String series) {
        admission.forget(series);
    }

    @Override
    public CacheStatistics statistics() {
        return new CacheStatistics(
                admission.capacity(),
                admission.series(),
                KeyValueMemory.seriesBytes(layout, memory.phases()),
                hits,
                misses,
                catchUps,
                admission.evictions());
    }

    @Override
    public void close() {
        newest.close();
        between.close();
        prefills.close();
    }
}
