package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.history.HistoryException;
import io.tickformer.history.SplitBorders;

/**
 * The ticks at which forecasts are issued. The first target is the tick after a cutoff. All targets
 * of all cutoffs lie in one part of the history.
 *
 * @param first the first cutoff
 * @param last the last cutoff
 * @param count number of cutoffs, evenly spaced from the first to the last
 * @param horizon steps of each forecast
 */
@Internal
public record Cutoffs(long first, long last, int count, int horizon) {
    public Cutoffs {
        if (horizon < 1 || last < first || count < 1 || count > last - first + 1) {
            throw new IllegalArgumentException(
                    ("%d cutoffs from tick %d to %d with a horizon of %d; expected a horizon of at"
                                    + " least 1, and at least one cutoff and at most one a tick")
                            .formatted(count, first, last, horizon));
        }
    }

    /**
     * Every cutoff of a part: the number of its ticks, minus the horizon, plus one.
     *
     * @throws HistoryException if the part is shorter than the horizon
     */
    public static Cutoffs every(SplitBorders borders, EvaluatedSet part, int horizon) {
        long first = part.first(borders) - 1;
        long last = part.end(borders) - 1 - horizon;
        if (last < first) {
            throw new HistoryException(
                    ("the %s part is %d ticks; expected at least the horizon of %d: give more rows,"
                                    + " another split (--split) or a shorter horizon (--horizon)")
                            .formatted(
                                    part.name().toLowerCase(java.util.Locale.ROOT),
                                    part.end(borders) - part.first(borders),
                                    horizon));
        }
        return new Cutoffs(first, last, Math.toIntExact(last - first + 1), horizon);
    }

    /** Thins out these cutoffs to at most this many, including the first and the last. */
    public Cutoffs atMost(int most) {
        return new Cutoffs(first, last, Math.min(count, Math.max(1, most)), horizon);
    }

    /** One cutoff per this many ticks, from the first on. */
    public Cutoffs stride(int ticks) {
        long whole = (last - first) / ticks;
        return new Cutoffs(first, first + whole * ticks, Math.toIntExact(whole + 1), horizon);
    }

    /** The cutoff at a position from 0; a single cutoff is the last one. */
    public long at(int position) {
        return count == 1
                ? last
                : first + Math.round((double) position * (last - first) / (count - 1));
    }
}
