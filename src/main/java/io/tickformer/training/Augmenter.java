package io.tickformer.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Changes training windows as {@link Augmentation} describes. It changes raw values: changed ticks
 * pass through the same context and normalisation as all others, so tokens stay causal and frames
 * exact. Missing values stay missing, and the validation set is never read.
 */
final class Augmenter {
    /**
     * A changed window.
     *
     * @param seen values of the context
     * @param targets the same values without the changes that affect the context only
     * @param changes for each channel the first tick of a lasting change, which no earlier token
     *     can anticipate; far in the future if there is none
     */
    record Changed(TickMatrix seen, TickMatrix targets, long[] changes) {}

    private final TrainingData data;
    private final Augmentation settings;
    private final SensorFaults faults;
    private final int channels;
    private final int before;
    private final int horizon;
    private final long maturity;

    Augmenter(TrainingData data, Augmentation settings) {
        this.data = data;
        this.settings = settings;
        this.faults = new SensorFaults(settings.faults().strength());
        double halfLife = data.spec().normalisation().halfLifeTicks();
        this.before =
                Math.max(
                        data.spec().ringTicks(),
                        data.spec().contextLength() + data.spec().recentTicks());
        this.channels = data.spec().channelCount();
        this.horizon = data.spec().horizon();
        this.maturity = Math.round(halfLife);
    }

    /** Changes a window at random. Returns null if no change was drawn. */
    Changed change(WindowPosition window, SplittableRandom random) {
        boolean warped = random.nextDouble() < settings.timeWarp().share();
        boolean mixed = random.nextDouble() < settings.mixUp().share();
        boolean masked = random.nextDouble() < settings.frequencyMask().share();
        boolean shaken = random.nextDouble() < settings.jitter().share();
        boolean faulty = random.nextDouble() < settings.faults().share();
        if (!warped && !mixed && !masked && !shaken && !faulty) {
            return null;
        }
        long from = window.end() - before;
        double speed = warped ? speed(random) : 1;
        double[][] values = read(window.series(), from, window.end(), speed);
        if (mixed && data.series().size() > 1) {
            mixUp(values, window, from, speed, random);
        }
        if (masked) {
            maskFrequencies(values, random);
        }
        double[][] seen = shaken ? shaken(values, random) : values;
        long[] changes = new long[channels];
        Arrays.fill(changes, Long.MAX_VALUE);
        if (faulty) {
            seen = faulty(seen, values, window, changes, random);
        }
        return new Changed(new TickMatrix(from, seen), new TickMatrix(from, values), changes);
    }

    private double speed(SplittableRandom random) {
        double largest = Math.log(1 + settings.timeWarp().strength());
        return Math.exp(largest * (2 * random.nextDouble() - 1));
    }

    /**
     * Reads the ticks of a series from {@code from} to a horizon after the window, at the given
     * speed of time, up to the last tick of the training set. Ticks of the validation set are
     * missing.
     */
    private double[][] read(int series, long from, long end, double speed) {
        double[][] values = new double[channels][Math.toIntExact(end + horizon + 1 - from)];
        for (double[] ofChannel : values) {
            Arrays.fill(ofChannel, Double.NaN);
        }
        long last = Math.min(end + horizon, data.cut() - 1);
        long earliest = last - (long) Math.ceil((last - from) * speed) - 1;
        TickMatrix real = data.series().get(series).values(Math.min(earliest, from), last + 1);
        for (int channel = 0; channel < channels; channel++) {
            for (long tick = from; tick <= last; tick++) {
                values[channel][(int) (tick - from)] =
                        speed == 1
                                ? real.at(tick, channel)
                                : between(real, channel, last, (last - tick) * speed);
            }
        }
        return values;
    }

    /** Interpolates linearly between two ticks; missing if either is missing. */
    private static double between(TickMatrix real, int channel, long last, double back) {
        long whole = (long) Math.floor(back);
        double later = real.at(last - whole, channel);
        double part = back - whole;
        return part == 0 ? later : later + part * (real.at(last - whole - 1, channel) - later);
    }

    private void mixUp(
            double[][] values,
            WindowPosition window,
            long from,
            double speed,
            SplittableRandom random) {
        int other = random.nextInt(data.series().size() - 1);
        other += other >= window.series() ? 1 : 0;
        double share = settings.mixUp().strength() * random.nextDouble();
        double[][] others = read(other, from, window.end(), speed);
        for (int channel = 0; channel < channels; channel++) {
            double[] mixed = values[channel];
            double[] added = others[channel];
            if (Double.isNaN(added[(int) (window.end() - from)])) {
                continue; // the other series has no value there; it may be shorter
            }
            double ofOther = scale(other, channel, window.end());
            double unit =
                    ofOther == 0 ? 0 : scale(window.series(), channel, window.end()) / ofOther;
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] = (1 - share) * mixed[i] + share * unit * added[i];
            }
        }
    }

    private double scale(int series, int channel, long end) {
        return data.series().get(series).referenceScale(channel, end, maturity, data.cut());
    }

    /** Removes randomly drawn frequencies, the same from every channel. */
    private void maskFrequencies(double[][] values, SplittableRandom random) {
        if (Arrays.stream(values).allMatch(ofChannel -> Moments.of(ofChannel).count() == 0)) {
            return;
        }
        int ticks = values[0].length;
        int highest = ticks / 2;
        int count = Math.max(1, (int) (settings.frequencyMask().strength() * highest));
        double[] steps = new double[count];
        for (int i = 0; i < count; i++) {
            steps[i] = 2 * Math.PI * (1 + random.nextInt(highest)) / ticks;
        }
        for (double[] ofChannel : values) {
            maskFrequencies(ofChannel, steps);
        }
    }

    /** Removes frequencies, each by its projection on the observed values. */
    private static void maskFrequencies(double[] values, double[] steps) {
        Moments moments = Moments.of(values);
        if (moments.count() == 0) {
            return;
        }
        for (double step : steps) {
            double cosine = 0;
            double sine = 0;
            for (int tick = 0; tick < values.length; tick++) {
                if (!Double.isNaN(values[tick])) {
                    cosine += (values[tick] - moments.mean()) * Math.cos(step * tick);
                    sine += (values[tick] - moments.mean()) * Math.sin(step * tick);
                }
            }
            double scale = 2.0 / moments.count();
            for (int tick = 0; tick < values.length; tick++) {
                values[tick] -=
                        scale * (cosine * Math.cos(step * tick) + sine * Math.sin(step * tick));
            }
        }
    }

    /**
     * Puts a fault into one channel, or a separate one into every channel, and returns the values
     * of the context.
     *
     * @param values target values; changed if the fault lasts
     * @param changes for each channel the first tick of a lasting fault; written
     */
    private double[][] faulty(
            double[][] seen,
            double[][] values,
            WindowPosition window,
            long[] changes,
            SplittableRandom random) {
        double[][] faulty = new double[channels][];
        boolean all = random.nextBoolean();
        int one = random.nextInt(channels);
        int last = before;
        for (int channel = 0; channel < channels; channel++) {
            faulty[channel] = seen[channel].clone();
            double spread = scale(window.series(), channel, window.end());
            if (spread > 0 && (all || channel == one)) {
                int first = last - data.spec().contextLength() + 1;
                int change =
                        faults.put(faulty[channel], values[channel], first, last, spread, random);
                changes[channel] = window.end() - before + change;
            }
        }
        return faulty;
    }

    private double[][] shaken(double[][] values, SplittableRandom random) {
        double[][] shaken = new double[channels][];
        for (int channel = 0; channel < channels; channel++) {
            shaken[channel] = shaken(values[channel], random);
        }
        return shaken;
    }

    private double[] shaken(double[] values, SplittableRandom random) {
        double deviation = settings.jitter().strength() * Moments.of(values).deviation();
        double[] shaken = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            shaken[i] = values[i] + deviation * random.nextGaussian();
        }
        return shaken;
    }

    /** Count, mean and standard deviation of the values that are not missing. */
    private record Moments(int count, double mean, double deviation) {
        static Moments of(double[] values) {
            int count = 0;
            double mean = 0;
            double squares = 0;
            for (double value : values) {
                if (!Double.isNaN(value)) {
                    count++;
                    double distance = value - mean;
                    mean += distance / count;
                    squares += distance * (value - mean);
                }
            }
            return new Moments(count, mean, count == 0 ? 0 : Math.sqrt(squares / count));
        }
    }
}
