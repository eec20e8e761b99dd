package io.tickformer.training;

import io.tickformer.history.TickSeries;
import io.tickformer.inference.runtime.HostTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The encoded validation windows, and the scores of parameters on them. */
final class Validator implements AutoCloseable {
    private final WindowScorer step;
    private final List<WindowBatch> batches = new ArrayList<>();

    /**
     * For each batch {@code [B C]}: the scale of the last token in standard deviations of its
     * series.
     */
    private final List<HostTensor> units = new ArrayList<>();

    /**
     * Encodes the validation windows.
     *
     * @param step evaluates batches of B windows; owned by the caller
     * @param most maximum number of windows
     * @param batch B; the last batch is padded with windows of weight zero
     */
    Validator(WindowScorer step, TrainingData data, int most, int batch) {
        this.step = step;
        List<WindowPosition> windows = ValidationWindows.choose(data, most);
        WindowEncoder encoder = new WindowEncoder(data);
        TargetRange targets = TargetRange.validation(data);
        int channels = data.spec().channelCount();
        Map<Integer, double[]> deviations = new HashMap<>();
        for (int from = 0; from < windows.size(); from += batch) {
            WindowBatch filled = new WindowBatch(data.spec(), batch, 1);
            HostTensor filledUnits = HostTensor.floats(batch * (long) channels);
            batches.add(filled);
            units.add(filledUnits);
            WindowBatch.Writer writer = filled.writer();
            FloatBuffer unitWriter = filledUnits.floats();
            for (WindowPosition window :
                    windows.subList(from, Math.min(windows.size(), from + batch))) {
                if (encoder.encode(window, targets, writer)) {
                    double[] ofChannels =
                            deviations.computeIfAbsent(
                                    window.series(), series -> trainedDeviations(data, series));
                    for (int channel = 0; channel < channels; channel++) {
                        double unit = encoder.lastScale(channel) / ofChannels[channel];
                        unitWriter.put((float) unit);
                    }
                }
            }
        }
    }

    private static double[] trainedDeviations(TrainingData data, int series) {
        double[] deviations = new double[data.spec().channelCount()];
        for (int channel = 0; channel < deviations.length; channel++) {
            deviations[channel] =
                    data.series()
                            .get(series)
                            .channel(channel)
                            .map(ticks -> trainedDeviation(ticks, data.cut()))
                            .orElse(1.0);
        }
        return deviations;
    }

    /**
     * Standard deviation of a series before the validation set; that of the whole series if it has
     * no values there, and 1 if it is constant.
     */
    private static double trainedDeviation(TickSeries ticks, long cut) {
        double deviation = deviation(ticks, Math.min(ticks.endTick(), cut));
        deviation = deviation > 0 ? deviation : deviation(ticks, ticks.endTick());
        return deviation > 0 ? deviation : 1;
    }

    /**
     * Standard deviation of the values before a tick; 0 for fewer than two values (Welford 1962).
     */
    private static double deviation(TickSeries ticks, long end) {
        double mean = 0;
        double squares = 0;
        long count = 0;
        for (double value : ticks.values(ticks.firstTick(), Math.max(end, ticks.firstTick()))) {
            if (!Double.isNaN(value)) {
                count++;
                double distance = value - mean;
                mean += distance / count;
                squares += distance * (value - mean);
            }
        }
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }

    /**
     * Evaluates parameters on all validation windows.
     *
     * @param parameters flat
     * @throws TrainingException if the validation set has no value
     */
    ValidationScores of(HostTensor parameters) {
        EvaluationSums sums = EvaluationSums.NONE;
        for (int i = 0; i < batches.size(); i++) {
            sums = sums.plus(step.evaluate(parameters, batches.get(i).named(), units.get(i)));
        }
        if (sums.weight() == 0) {
            throw new TrainingException(
                    "the validation set has no value; expected a larger"
                            + " validation share, or fewer missing values at the end");
        }
        return sums.scores();
    }

    @Override
    public void close() {
        batches.forEach(WindowBatch::close);
        units.forEach(HostTensor::close);
    }
}
