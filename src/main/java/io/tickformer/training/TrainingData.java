package io.tickformer.training;

import io.tickformer.annotation.Public;
import io.tickformer.history.History;
import io.tickformer.history.SplitBorders;
import io.tickformer.history.TickSeries;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * Histories on the tick grid of a model, split in time into training set and validation set:
 * targets before the cut belong to the training set, targets from the cut on to the validation set.
 * The contexts of validation windows reach back across the cut, as contexts do in production. No
 * training target lies after the cut.
 */
@Public
public final class TrainingData {
    private final ForecastSpec spec;
    private final List<TrainingSeries> series;
    private final String fingerprint;
    private final long cut;
    private final long endTick;

    private TrainingData(
            ForecastSpec spec,
            List<TrainingSeries> series,
            String fingerprint,
            long cut,
            long endTick) {
        this.spec = spec;
        this.series = series;
        this.fingerprint = fingerprint;
        this.cut = cut;
        this.endTick = endTick;
    }

    /**
     * Puts histories on the tick grid of a spec.
     *
     * @param validationShare share of the time span that is the validation set, in (0, 0.5]; at
     *     least one horizon
     * @throws TrainingException if the longest history is shorter than a context and two horizons
     */
    public static TrainingData of(History history, ForecastSpec spec, double validationShare) {
        return of(history, spec, validationShare, spec.contextLength());
    }

    /**
     * As above, for a history of at least {@code contextTicks} and two horizons. It may be shorter
     * than a context if training starts from a base model, which has learned to use a whole one.
     */
    static TrainingData of(
            History history, ForecastSpec spec, double validationShare, int contextTicks) {
        return of(
                history,
                spec,
                contextTicks,
                (first, end) ->
                        end
                                - Math.max(
                                        spec.horizon(),
                                        Math.round(validationShare * (end - first))));
    }

    /**
     * Puts histories on the tick grid of a spec.
     *
     * @param borders where the validation set begins and where it and the history end
     * @throws TrainingException if the longest history is shorter than a context and two horizons,
     *     or the validation set than a horizon; or if a series continues after the validation set
     */
    public static TrainingData of(History history, ForecastSpec spec, SplitBorders borders) {
        return of(history, spec, borders, spec.contextLength());
    }

    /** As above, for a history of at least {@code contextTicks} and two horizons. */
    static TrainingData of(
            History history, ForecastSpec spec, SplitBorders borders, int contextTicks) {
        if (borders.validationTicks() < spec.horizon()) {
            throw new TrainingException(
                    "the validation part is %d ticks; expected at least the horizon of %d"
                            .formatted(borders.validationTicks(), spec.horizon()));
        }
        TrainingData data = of(history, spec, contextTicks, (first, end) -> borders.trainEnd());
        if (data.endTick() > borders.validationEnd()) {
            throw new TrainingException(
                    "%s: the history ends at tick %d; expected it to end with the validation part, at %d"
                            .formatted(history.source(), data.endTick(), borders.validationEnd()));
        }
        return data;
    }

    private static TrainingData of(
            History history, ForecastSpec spec, int contextTicks, LongBinaryOperator cutOfSpan) {
        List<TrainingSeries> series = entities(history, spec);
        TrainingSeries longest = null;
        long first = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (TrainingSeries one : series) {
            first = Math.min(first, one.firstTick());
            end = Math.max(end, one.endTick());
            longest = longest == null || one.length() > longest.length() ? one : longest;
        }
        int needed = contextTicks + 2 * spec.horizon();
        if (longest == null || longest.length() < needed) {
            throw new TrainingException(
                    ("%s, column \"%s\": too little history, %d ticks of %d ms from its first value"
                                    + " to its last; expected at least %d, a context of %d and"
                                    + " twice the horizon of %d: give more rows, or a shorter"
                                    + " horizon or context")
                            .formatted(
                                    history.source(),
                                    longest == null ? "" : longest.key(),
                                    longest == null ? 0 : longest.length(),
                                    spec.tickMillis(),
                                    needed,
                                    contextTicks,
                                    spec.horizon()));
        }
        return new TrainingData(
                spec, series, history.fingerprint(), cutOfSpan.applyAsLong(first, end), end);
    }

    /**
     * Groups the series of a history by entity if the spec has channels; else each series is on its
     * own.
     */
    private static List<TrainingSeries> entities(History history, ForecastSpec spec) {
        List<TickSeries> grid = history.ticks(spec.tickRule());
        List<TrainingSeries> entities = new ArrayList<>();
        Channels channels = Channels.of(spec);
        for (Channels.Entity entity :
                channels.entities(grid.stream().map(TickSeries::series).toList())) {
            List<TickSeries> members = new ArrayList<>();
            for (int position : entity.series()) {
                members.add(position == Channels.Entity.ABSENT ? null : grid.get(position));
            }
            entities.add(new TrainingSeries(entity.key(), members, spec));
        }
        return Collections.unmodifiableList(entities);
    }

    ForecastSpec spec() {
        return spec;
    }

    List<TrainingSeries> series() {
        return series;
    }

    /** SHA-256 of the history, in hexadecimal. */
    public String fingerprint() {
        return fingerprint;
    }

    /** First tick of the validation set. */
    public long cut() {
        return cut;
    }

    /** Borders of the training and validation sets. */
    SplitBorders borders() {
        long first = Long.MAX_VALUE;
        for (TrainingSeries one : series) {
            first = Math.min(first, one.firstTick());
        }
        return new SplitBorders(first, cut, endTick, endTick);
    }

    /** The tick after the last tick of any series. */
    public long endTick() {
        return endTick;
    }
}
