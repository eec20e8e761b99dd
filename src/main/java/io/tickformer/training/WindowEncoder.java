package io.tickformer.training;

import io.tickformer.context.Frame;
import io.tickformer.context.RecentEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.TokenEncoder;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;

/**
 * Writes windows into a batch: the tokens by the encoder that serves, and for every token the H
 * values after it of each channel, in that token's frame of the channel.
 *
 * <p><b>Weights.</b> An error in the frame of a token, times that frame's scale, is an error in the
 * series' own unit. A quiet stretch has a small scale, so that its errors would count for more the
 * quieter it was. A target therefore weighs {@code min(1, scale / reference)}, the reference being
 * the scale at the end of the window: where the scale was smaller, errors count in the unit of the
 * reference; where it was larger, in that of their own frame. Missing values weigh nothing, nor do
 * those of a token without a frame. In training, targets and weights use no value of the validation
 * part. Each channel has a reference of its own.
 *
 * <p>Not thread-safe: it reuses its scratch space, as it runs for every window of every step.
 */
final class WindowEncoder {
    /**
     * A target further than this many scales from its frame enters as this: after a stretch of
     * equal values the scale is all but zero, and what follows is no measure of anything.
     */
    static final float LARGEST_TARGET = 32;

    private final TrainingData data;
    private final ForecastSpec spec;
    private final int tokens;
    private final int patchLength;
    private final int channels;
    private final int horizon;
    private final long maturity;
    private final TokenEncoder encoder;
    private final RecentEncoder recentEncoder; // null without a seasonal path
    private final double[] locations; // N x C
    private final double[] scales; // N x C
    private final double[] references; // C

    WindowEncoder(TrainingData data) {
        this.data = data;
        this.spec = data.spec();
        this.tokens = spec.tokens();
        this.patchLength = spec.network().patchLength();
        this.channels = spec.channelCount();
        this.horizon = spec.horizon();
        this.maturity = Math.round(spec.normalisation().halfLifeTicks());
        this.encoder = new TokenEncoder(spec);
        SeasonalPath path = spec.seasonalPath();
        this.recentEncoder = path == null ? null : new RecentEncoder(path);
        this.locations = new double[tokens * channels];
        this.scales = new double[tokens * channels];
        this.references = new double[channels];
    }

    /**
     * Writes one window at the positions of the buffers and moves these on. Of targets where only
     * the last token counts, those alone are written.
     *
     * @return whether it was written; false, with nothing moved, where its context is empty
     */
    boolean encode(ContextWindow window, WindowTargets chosen, WindowBatch.Writer out) {
        return encode(window, null, chosen, out);
    }

    /**
     * As {@link #encode(ContextWindow, WindowTargets, WindowBatch.Writer)}, of changed values.
     *
     * @param changed null for the window as it is
     */
    boolean encode(
            ContextWindow window,
            Augmenter.Changed changed,
            WindowTargets chosen,
            WindowBatch.Writer out) {
        TrainingSeries series = data.series().get(window.series());
        SeriesContext context = context(series, window, changed);
        if (context.isEmpty()) {
            return false;
        }
        encoder.encode(context, out.values(), out.observed(), out.features(), out.present());
        encoder.frames(context, locations, scales);
        for (int channel = 0; channel < channels; channel++) {
            references[channel] =
                    series.referenceScale(channel, window.end(), maturity, chosen.end());
        }
        int firstToken = chosen.lastTokenOnly() ? tokens - 1 : 0;
        long firstEnd = window.end() - (long) (tokens - 1 - firstToken) * patchLength;
        TickMatrix reach =
                changed != null
                        ? changed.targets()
                        : series.values(
                                firstEnd - spec.recentTicks() + 1, window.end() + horizon + 1);
        TickMatrix seen = changed != null ? changed.seen() : reach;
        for (int token = firstToken; token < tokens; token++) {
            long end = window.end() - (long) (tokens - 1 - token) * patchLength;
            for (int channel = 0; channel < channels; channel++) {
                putRecent(context, seen, end, token, channel, out.recent());
                putTargets(
                        reach,
                        end,
                        channel,
                        frame(token, channel),
                        weight(context, end, token, channel),
                        changed == null ? Long.MAX_VALUE : changed.changes()[channel],
                        chosen,
                        out);
            }
        }
        return true;
    }

    private static SeriesContext context(
            TrainingSeries series, ContextWindow window, Augmenter.Changed changed) {
        if (changed != null) {
            return series.changedContextAt(changed.seen(), window);
        }
        return window.isFresh()
                ? series.freshContextAt(window.freshStart(), window.end(), window.missing())
                : series.contextAt(window.end(), window.missing());
    }

    /** The scale that the last token of the window written last is normalised by in a channel. */
    double lastScale(int channel) {
        return scales[(tokens - 1) * channels + channel];
    }

    private Frame frame(int token, int channel) {
        int position = token * channels + channel;
        return new Frame(locations[position], scales[position]);
    }

    private float weight(SeriesContext context, long end, int token, int channel) {
        double scale = scales[token * channels + channel];
        if (end < context.firstTick() || scale == 0) {
            return 0;
        }
        double reference = references[channel];
        return reference > 0 ? (float) Math.min(1, scale / reference) : 1;
    }

    private void putRecent(
            SeriesContext context,
            TickMatrix seen,
            long end,
            int token,
            int channel,
            FloatBuffer recent) {
        if (recentEncoder != null) {
            recentEncoder.encode(
                    tick -> recent(context, seen, tick, channel),
                    end,
                    frame(token, channel),
                    recent);
        }
    }

    /**
     * What the context holds of a tick, and of ticks before its ring what the series does: early
     * tokens are answered as they would have been when they were the last.
     */
    private static double recent(SeriesContext context, TickMatrix ticks, long tick, int channel) {
        if (tick > context.headTick() - context.ringTicks()) {
            return context.valueAt(tick, channel);
        }
        return tick >= context.firstTick() ? ticks.at(tick, channel) : Double.NaN;
    }

    private void putTargets(
            TickMatrix ticks,
            long end,
            int channel,
            Frame frame,
            float weight,
            long change,
            WindowTargets chosen,
            WindowBatch.Writer out) {
        // What a series becomes is no target of a token that cannot know of it.
        long known = end < change ? change : Long.MAX_VALUE;
        long allowedEnd = Math.min(chosen.end(), known);
        for (long tick = end + 1; tick <= end + horizon; tick++) {
            boolean allowed = weight > 0 && tick >= chosen.from() && tick < allowedEnd;
            double value = allowed ? ticks.at(tick, channel) : Double.NaN;
            if (Double.isNaN(value)) {
                out.targets().put(0);
                out.weights().put(0);
            } else {
                double target = (value - frame.location()) / frame.scale();
                double bounded = Math.max(-LARGEST_TARGET, Math.min(LARGEST_TARGET, target));
                out.targets().put((float) bounded);
                out.weights().put(weight);
            }
        }
    }
}
