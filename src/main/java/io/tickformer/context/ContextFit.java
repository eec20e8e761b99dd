package io.tickformer.context;

/**
 * Carries a context over to a model whose forecasts depend on another number of ticks.
 *
 * <p>The values that are known are kept:
 *
 * <ul>
 *   <li><b>Shorter ring.</b> The ticks for which there is no room any more leave. The result is the
 *       context that the model with the shorter ring would have had by now: a gap of its length
 *       within the ring starts it anew.
 *   <li><b>Longer ring.</b> Ticks before the ring are not known. The context counts as begun with
 *       the oldest tick that is known, so it may be warming up again.
 * </ul>
 */
public final class ContextFit {
    private ContextFit() {}

    /**
     * The context for a model; the given one itself where that fits already.
     *
     * @param ringTicks of the model
     */
    public static SeriesContext of(SeriesContext context, int ringTicks) {
        if (context.ringTicks() == ringTicks) {
            return context;
        }
        SeriesContext fitted =
                new SeriesContext(ringTicks, context.channels(), context.emptyTick());
        if (context.isEmpty()) {
            return fitted;
        }
        long oldest = context.oldestTick();
        long head = context.headTick();
        double[] values = new double[context.channels()];
        for (long tick = oldest; tick <= head; tick++) {
            if (load(context, tick, values)) {
                fitted.update(tick, values);
            } else {
                fitted.advanceTo(tick);
            }
        }
        boolean begunBefore = !fitted.isEmpty() && context.firstTick() < fitted.firstTick();
        boolean goesOn = begunBefore && isMissing(context, oldest, fitted.firstTick(), ringTicks);
        // Where the whole ring is known, it does not matter what came before it.
        long first = head - ringTicks + 1 >= oldest ? context.firstTick() : oldest;
        return goesOn
                ? SeriesContext.restore(
                        new SeriesContext.Mark(head, first),
                        ringTicks,
                        context.channels(),
                        context.emptyTick(),
                        new RingValues(fitted))
                : fitted;
    }

    /** Whether the first ticks of a ring have no reading, and are fewer than a ring has. */
    private static boolean isMissing(SeriesContext context, long from, long end, int ringTicks) {
        double[] values = new double[context.channels()];
        boolean missing = end - from < ringTicks;
        for (long tick = from; tick < end && missing; tick++) {
            missing = !load(context, tick, values);
        }
        return missing;
    }

    /** Loads the readings of a tick; whether there is any. */
    private static boolean load(SeriesContext context, long tick, double[] values) {
        boolean observed = false;
        for (int channel = 0; channel < values.length; channel++) {
            boolean isReading = context.isReading(tick, channel);
            values[channel] = isReading ? context.valueAt(tick, channel) : Double.NaN;
            observed |= isReading;
        }
        return observed;
    }

    /** The ring of a context; ticks that it has no room for are missing. */
    private record RingValues(SeriesContext context) implements SeriesContext.ChannelValues {
        @Override
        public double at(long tick, int channel) {
            boolean isHeld = tick > context.headTick() - context.ringTicks();
            return isHeld ? context.valueAt(tick, channel) : Double.NaN;
        }

        @Override
        public boolean isReading(long tick, int channel) {
            return context.isReading(tick, channel);
        }
    }
}
