package io.tickformer.evaluation.backtest;

import io.tickformer.history.Borders;
import io.tickformer.history.HistoryException;

/**
 * The ticks at which forecasts are issued, and how far they reach. The first target is the tick
 * after a cutoff; all targets of all cutoffs lie in one part of the history.
 *
 * @param first the first cutoff
 * @param last the last cutoff
 * @param count how many there are, evenly spaced from the first to the last
 * @param horizon steps of each forecast
 */
public record Cutoffs(long first, long last, int count, int horizon) {
    public Cutoffs {
        if (horizon < 1 || last < first || count < 1 || count > last - first + 1) {
            throw new IllegalArgumentException(
                    "%d cutoffs from tick %d to %d of %d steps; expected one at least and none twice"
                            .formatted(count, first, last, horizon));
        }
    }

    /**
     * Every cutoff of a part: as many as it has ticks, less the horizon, plus one.
     *
     * @throws HistoryException if the part is shorter than the horizon
     */
    public static Cutoffs every(Borders borders, Part part, int horizon) {
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

    /** These, thinned out to at most so many, the first and the last among them. */
    public Cutoffs atMost(int most) {
        return new Cutoffs(first, last, Math.min(count, Math.max(1, most)), horizon);
    }

    /** One cutoff of every so many ticks from the first on. */
    public Cutoffs stride(int ticks) {
        long whole = (last - first) / ticks;
        return new Cutoffs(first, first + whole * ticks, Math.toIntExact(whole + 1), horizon);
    }

    /** The cutoff at a position from 0; a single one is the last, nearest the present. */
    public long at(int position) {
        return count == 1
                ? last
                : first + Math.round((double) position * (last - first) / (count - 1));
    }
}
