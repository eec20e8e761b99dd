package io.tickformer.context;

import io.tickformer.spec.Normalisation;
import java.util.Optional;

/**
 * Carries a context over to a model of another context length.
 *
 * <p>The values of the ring and the statistics just before it are kept, whatever the lengths:
 *
 * <ul>
 *   <li><b>Shorter.</b> The ticks for which there is no room any more enter the statistics, as they
 *       would have by themselves. The result is the context that the shorter model would have had
 *       by now: a gap of its length within the ring starts it anew. Only a gap that had left the
 *       ring before, long enough for the shorter context and not for the longer, is not undone.
 *   <li><b>Longer.</b> Of the ticks before the ring only their statistics are known. The context
 *       counts as begun with the oldest tick that is known, so it is warming up until its length
 *       has passed; its statistics are those of the whole past from the start.
 * </ul>
 *
 * <p>Floors of the scale are no part of what is kept and may differ. The half-life may not: the
 * statistics are sums in which every tick has the weight that the half-life gave it.
 */
public final class ContextFit {
    private ContextFit() {}

    /**
     * The context for a model; the given one itself where that fits already.
     *
     * @param contextLength T of the model
     * @param normalisation of the model
     * @throws IllegalArgumentException if the half-life differs
     */
    public static SeriesContext of(
            SeriesContext context, int contextLength, Normalisation normalisation) {
        boolean sameNormalisation = context.normalisation().equals(normalisation);
        if (context.contextLength() == contextLength && sameNormalisation) {
            return context;
        }
        if (!sameNormalisation
                && context.normalisation().halfLifeTicks() != normalisation.halfLifeTicks()) {
            throw new IllegalArgumentException(
                    "the context has %s; expected the same half-life as %s"
                            .formatted(context.normalisation(), normalisation));
        }
        Optional<SeriesContext.Mark> mark = context.mark();
        return mark.isEmpty()
                ? new SeriesContext(
                        contextLength, context.channels(), normalisation, context.emptyTick())
                : replayed(context, mark.get(), contextLength, normalisation);
    }

    /** Begins with as many of the oldest ticks as there is room for, and takes the others after. */
    private static SeriesContext replayed(
            SeriesContext context,
            SeriesContext.Mark mark,
            int contextLength,
            Normalisation normalisation) {
        long oldest = context.oldestTick();
        long head = context.headTick();
        long begun = Math.min(head, oldest + contextLength - 1);
        SeriesContext fitted =
                SeriesContext.restore(
                        new SeriesContext.Mark(begun, oldest, mark.before()),
                        contextLength,
                        normalisation,
                        context.emptyTick(),
                        new RingValues(context));
        if (fitted.observedTicks() == 0) {
            fitted =
                    new SeriesContext(
                            contextLength, context.channels(), normalisation, context.emptyTick());
        }
        double[] values = new double[context.channels()];
        for (long tick = begun + 1; tick <= head; tick++) {
            boolean observed = false;
            for (int channel = 0; channel < values.length; channel++) {
                boolean isReading = context.isReading(tick, channel);
                values[channel] = isReading ? context.valueAt(tick, channel) : Double.NaN;
                observed |= isReading;
            }
            if (observed) {
                fitted.update(tick, values);
            } else {
                fitted.advanceTo(tick);
            }
        }
        boolean begunBefore = head - contextLength + 1 >= oldest;
        boolean goesOn = !fitted.isEmpty() && fitted.firstTick() == oldest;
        return begunBefore && goesOn ? begunWith(mark.firstTick(), fitted) : fitted;
    }

    /** A context whose ring is full, of a series that began earlier than it knows. */
    private static SeriesContext begunWith(long firstTick, SeriesContext context) {
        SeriesContext.Mark mark = context.mark().orElseThrow();
        return SeriesContext.restore(
                new SeriesContext.Mark(mark.headTick(), firstTick, mark.before()),
                context.contextLength(),
                context.normalisation(),
                context.emptyTick(),
                new RingValues(context));
    }

    /** The ring of a context. */
    private record RingValues(SeriesContext context) implements SeriesContext.ChannelValues {
        @Override
        public double at(long tick, int channel) {
            return context.valueAt(tick, channel);
        }

        @Override
        public boolean isReading(long tick, int channel) {
            return context.isReading(tick, channel);
        }
    }
}
