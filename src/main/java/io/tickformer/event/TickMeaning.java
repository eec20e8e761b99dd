package io.tickformer.event;

import io.tickformer.annotation.Internal;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * The meaning of a tick's value. A model is trained, backtested and served with the same meaning.
 *
 * @param aggregate how observations are aggregated
 * @param empty meaning of a tick without observations while its series is alive; null for the
 *     default of the aggregate
 */
@Internal
public record TickMeaning(TickAggregate aggregate, EmptyTickPolicy empty) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final TickMeaning DEFAULT = of(TickAggregate.MEAN);

    public TickMeaning {
        Objects.requireNonNull(aggregate, "aggregate");
        empty = empty == null ? EmptyTickPolicy.of(aggregate) : empty;
    }

    /** The meaning by an aggregate, with its default for empty ticks. */
    public static TickMeaning of(TickAggregate aggregate) {
        return new TickMeaning(aggregate, null);
    }

    /** As text, such as {@code sum, empty ticks zero}. */
    public String text() {
        return "%s, empty ticks %s".formatted(word(aggregate), word(empty));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
