package io.tickformer.training;

import io.tickformer.spec.ForecastSpec;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws the windows of a training step at random. The windows are a function of seed and step, so a
 * resumed training sees the same windows as one that was never interrupted.
 *
 * <p>Every tick that has a target after it is equally likely as the end of a window, so a series is
 * drawn in proportion to its length, whatever its scale. Some windows start fresh and some lose
 * intervals of ticks, so that the model also learns from new series and from gaps.
 */
final class WindowSampler {
    private static final double FRESH_SHARE = 0.15;
    private static final double GAP_SHARE = 0.3;
    private static final int MOST_RUNS = 3;

    /** The longest removed interval is this fraction of a context. */
    private static final int RUN_PART = 16;

    private final TrainingData data;
    private final int contextLength;
    private final int channels;
    private final long seed;
    private final WindowEncoder encoder;
    private final TargetRange targets;
    private final Augmenter augmenter; // null where windows stay as they are

    /** Cumulative number of windows up to each series. */
    private final long[] cumulative;

    WindowSampler(TrainingData data, long seed) {
        this(data, seed, Augmentation.NONE);
    }

    WindowSampler(TrainingData data, long seed, Augmentation augmentation) {
        this.augmenter =
                augmentation.equals(Augmentation.NONE) ? null : new Augmenter(data, augmentation);
        ForecastSpec spec = data.spec();
        this.data = data;
        this.contextLength = spec.contextLength();
        this.channels = spec.channelCount();
        this.seed = seed;
        this.encoder = new WindowEncoder(data);
        this.targets = TargetRange.training(data);
        List<TrainingSeries> series = data.series();
        this.cumulative = new long[series.size()];
        long sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            TrainingSeries ticks = series.get(i);
            long lastEnd = Math.min(ticks.endTick(), data.cut()) - 2;
            sum += Math.max(0, lastEnd - ticks.firstTick() + 1);
            cumulative[i] = sum;
        }
        if (sum == 0) {
            throw new TrainingException(
                    "no series has two ticks before the validation set;"
                            + " expected a longer history or a smaller validation share");
        }
    }

    /** Fills a batch with the windows of a step. */
    void fill(WindowBatch batch, long step) {
        SplittableRandom random = RandomStream.WINDOWS.at(seed, step);
        SplittableRandom changes = RandomStream.AUGMENTATION.at(seed, step);
        WindowBatch.Writer writer = batch.writer();
        int written = 0;
        while (written < batch.size()) {
            // A window inside a gap of a whole context cannot be written and is replaced by
            // another.
            WindowPosition window = draw(random);
            Augmenter.Changed changed =
                    augmenter == null ? null : augmenter.change(window, changes);
            if (encoder.encode(window, changed, targets, writer)) {
                written++;
            }
        }
    }

    /** Draws one window. */
    WindowPosition draw(SplittableRandom random) {
        long choice = random.nextLong(cumulative[cumulative.length - 1]);
        int series = firstAbove(choice);
        long before = series == 0 ? 0 : cumulative[series - 1];
        long end = data.series().get(series).firstTick() + choice - before;
        boolean fresh = random.nextDouble() < FRESH_SHARE;
        long start = fresh ? end - random.nextInt(contextLength) : WindowPosition.NOT_FRESH;
        boolean gaps = random.nextDouble() < GAP_SHARE;
        // Ticks without observations that have a value are never missing in production.
        boolean missing = gaps && !data.spec().emptyTick().hasValue();
        return new WindowPosition(
                series, end, start, missing ? runs(random, end) : RemovedTicks.NONE);
    }

    /** Index of the first series whose cumulative number exceeds the choice. */
    private int firstAbove(long choice) {
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] <= choice) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private RemovedTicks runs(SplittableRandom random, long end) {
        int count = 1 + random.nextInt(MOST_RUNS);
        long[] starts = new long[count];
        long[] ends = new long[count];
        int longest = Math.max(1, contextLength / RUN_PART);
        for (int i = 0; i < count; i++) {
            starts[i] = end - random.nextInt(contextLength);
            ends[i] = starts[i] + 1 + random.nextInt(longest);
        }
        return channels == 1
                ? new RemovedTicks(starts, ends)
                : new RemovedTicks(starts, ends, channels(random, count));
    }

    /**
     * Half of the intervals concern one channel, since observations may lack some channels in
     * production.
     */
    private int[] channels(SplittableRandom random, int count) {
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            boolean one = random.nextBoolean();
            chosen[i] = one ? random.nextInt(channels) : RemovedTicks.ALL_CHANNELS;
        }
        return chosen;
    }
}
