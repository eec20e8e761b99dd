package io.tickformer.inference;

import io.tickformer.context.Frame;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.window.BatchEvaluator;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;

/**
 * Turns the answers of a model into forecasts.
 *
 * <p>Answers are brought back to the unit of the series in double precision, {@code q * scale +
 * location}. The quantile forecasts of a horizon step are sorted (Chernozhukov, Fernández-Val and
 * Galichon 2010, "Quantile and probability curves without crossing": rearranging never worsens
 * them). If an answer is not finite, the forecast is a {@link FallbackForecast} and its quality
 * says so.
 *
 * <p>Not thread-safe: it reuses its arrays, as it runs once per forecast.
 */
final class AnswerDecoder {
    /** The bits of infinity; without the sign, those of NaN are larger and all others smaller. */
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    /** The frame of answers that are already in the unit of the series. */
    private static final Frame RAW = new Frame(0, 1);

    private final ForecastModel model;
    private final BatchEvaluator evaluator;
    private final int steps;
    private final int[] levels;
    private final double[] levelValues;
    private final FallbackForecast fallback;
    private final float[] answeredQuantiles; // C H x Q of one row, in the frames
    private final float[] answeredMean; // C H of one row, in the frames
    private final double[] quantiles; // H x Q of one channel
    private final double[] mean; // H of one channel

    /**
     * @param steps horizon steps that a forecast has
     * @param levels positions of its quantile levels among those of the model
     */
    AnswerDecoder(ForecastModel model, BatchEvaluator evaluator, int steps, int[] levels) {
        ForecastSpec spec = model.spec();
        this.model = model;
        this.evaluator = evaluator;
        this.steps = steps;
        this.levels = levels;
        this.levelValues = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            levelValues[i] = spec.quantileLevels().get(levels[i]);
        }
        this.fallback =
                new FallbackForecast(
                        spec.quantileLevels().stream().mapToDouble(Double::doubleValue).toArray());
        this.answeredQuantiles = new float[spec.outputSteps() * spec.quantileLevels().size()];
        this.answeredMean = new float[spec.outputSteps()];
        this.quantiles = new double[spec.horizon() * spec.quantileLevels().size()];
        this.mean = new double[spec.horizon()];
    }

    /** Loads the answer of a row, which has run, for {@link #forecast}. */
    void load(int row) {
        evaluator.read(row, answeredQuantiles, answeredMean);
    }

    /** Loads the answer of a row that was given up: as one that is not finite. */
    void loadNone() {
        Arrays.fill(answeredQuantiles, Float.NaN);
        Arrays.fill(answeredMean, Float.NaN);
    }

    /**
     * The forecast of a channel, from the answer that was loaded last.
     *
     * @param series its series key
     */
    Forecast forecast(BatchRow row, int channel, String series) {
        BatchRow.Channel from = row.channels().get(channel);
        Frame unit = evaluator.answersRaw() ? RAW : from.frame();
        boolean finite =
                denormalise(answeredQuantiles, channel * quantiles.length, unit, quantiles)
                        && denormalise(answeredMean, channel * mean.length, unit, mean);
        if (!finite) {
            fallback.write(from.lastObserved(), from.frame().scale(), quantiles, mean);
        }
        long tickMillis = model.spec().tickMillis();
        return new Forecast(
                series,
                row.headTick(),
                row.headTick() * tickMillis,
                tickMillis,
                levelValues,
                emittedQuantiles(),
                Arrays.copyOf(mean, steps),
                model.name(),
                model.version(),
                from.observedTicks(),
                quality(finite, row.full()));
    }

    /**
     * Brings answers back to the unit of the series.
     *
     * @return whether all are finite
     */
    private static boolean denormalise(float[] answers, int from, Frame frame, double[] target) {
        double scale = frame.scale();
        double location = frame.location();
        int largest = 0;
        for (int i = 0; i < target.length; i++) {
            float answer = answers[from + i];
            target[i] = answer * scale + location;
            largest = Math.max(largest, Float.floatToRawIntBits(answer) & Integer.MAX_VALUE);
        }
        return largest < INFINITY;
    }

    /** The selected levels of the selected horizon steps. */
    private double[] emittedQuantiles() {
        int all = quantiles.length / mean.length;
        double[] emitted = new double[steps * levels.length];
        for (int step = 0; step < steps; step++) {
            int from = step * all;
            sort(quantiles, from, from + all);
            for (int i = 0; i < levels.length; i++) {
                emitted[step * levels.length + i] = quantiles[from + levels[i]];
            }
        }
        return emitted;
    }

    /** Insertion sort, because quantile forecasts are few and seldom cross. */
    private static void sort(double[] values, int from, int end) {
        for (int i = from + 1; i < end; i++) {
            double value = values[i];
            int place = i;
            while (place > from && values[place - 1] > value) {
                values[place] = values[place - 1];
                place--;
            }
            values[place] = value;
        }
    }

    private static ForecastQuality quality(boolean finite, boolean full) {
        if (!finite) {
            return ForecastQuality.FALLBACK;
        }
        return full ? ForecastQuality.OK : ForecastQuality.WARMING_UP;
    }
}
