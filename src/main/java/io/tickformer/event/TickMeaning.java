package io.tickformer.event;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * What the value of a tick means. Training, backtest and serving of a model share one meaning.
 *
 * @param aggregate how the observations of a tick become its value
 * @param empty what a tick without observations is while its series lives; null for what follows
 *     from the aggregate
 */
public record TickMeaning(TickAggregate aggregate, EmptyTick empty) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final TickMeaning DEFAULT = of(TickAggregate.MEAN);

    public TickMeaning {
        Objects.requireNonNull(aggregate, "aggregate");
        empty = empty == null ? EmptyTick.of(aggregate) : empty;
    }

    /** Ticks of an aggregate, the empty ones as follows from it. */
    public static TickMeaning of(TickAggregate aggregate) {
        return new TickMeaning(aggregate, null);
    }

    /** In words, such as {@code sum, empty ticks zero}. */
    public String text() {
        return "%s, empty ticks %s".formatted(word(aggregate), word(empty));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
