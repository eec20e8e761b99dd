package io.tickformer.training;

import io.tickformer.context.Frame;
import io.tickformer.context.SeasonalInputEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.TokenEncoder;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;

/**
 * Writes windows into a batch: the tokens, by the same encoder as in production, and for every
 * token the H following values of each channel in that token's frame.
 *
 * <p><b>Weights.</b> An error in the frame of a token, multiplied by the scale of the frame, is an
 * error in the unit of the series. A quiet period has a small scale, so without weights its errors
 * would count the more the quieter it was. Therefore a target has the weight {@code min(1, scale /
 * reference)}, where the reference is the scale at the end of the window: with a smaller scale,
 * errors count in the unit of the reference; with a larger one, in that of their own frame. Missing
 * values and tokens without a frame have weight zero. Training targets and weights use no value of
 * the validation set. Each channel has its own reference.
 *
 * <p>Not thread-safe: it reuses its buffers, since it runs for every window of every step.
 */
final class WindowEncoder {
    /**
     * Targets are clipped to this number of scales from their frame: after a period of equal values
     * the scale is almost zero, and the normalised next value is meaningless.
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
    private final SeasonalInputEncoder recentEncoder; // null without a seasonal path
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
        this.recentEncoder = path == null ? null : new SeasonalInputEncoder(path);
        this.locations = new double[tokens * channels];
        this.scales = new double[tokens * channels];
        this.references = new double[channels];
    }

    /**
     * Writes one window at the current positions of the buffers and advances them. If only the last
     * token is evaluated, only its targets are written.
     *
     * @return whether the window was written; false, with nothing advanced, if its context is empty
     */
    boolean encode(WindowPosition window, TargetRange chosen, WindowBatch.Writer out) {
        return encode(window, null, chosen, out);
    }

    /**
     * As {@link #encode(WindowPosition, TargetRange, WindowBatch.Writer)}, with changed values.
     *
     * @param changed null for the unchanged window
     */
    boolean encode(
            WindowPosition window,
            Augmenter.Changed changed,
            TargetRange chosen,
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
            TrainingSeries series, WindowPosition window, Augmenter.Changed changed) {
        if (changed != null) {
            return series.changedContextAt(changed.seen(), window);
        }
        return window.isFresh()
                ? series.freshContextAt(window.freshStart(), window.end(), window.missing())
                : series.contextAt(window.end(), window.missing());
    }

    /** The scale of the last token of the last written window, in a channel. */
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
     * Returns the value of a tick in the context or, before its ring, in the series: early tokens
     * are evaluated as if they were the last token.
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
            TargetRange chosen,
            WindowBatch.Writer out) {
        // A lasting change is not a target of earlier tokens, which cannot anticipate it.
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
