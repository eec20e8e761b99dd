package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.history.History;
import io.tickformer.history.TickSeries;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidatorTest {
    @TempDir private Path directory;

    @Test
    void theScoresAreThoseOfTheExportedFileInStandardDeviationsOfEachSeries() throws IOException {
        ForecastSpec spec = Histories.smallSpec();
        History history = Histories.sines(2, 300);
        Path output = directory.resolve("m.onnx");
        TrainingSettings settings =
                TrainingSettings.builder()
                        .steps(6)
                        .batch(4)
                        .learningRate(1e-2)
                        .warmUpSteps(0)
                        .optimiser(OptimiserSettings.DEFAULT.withAverageDecay(0.8))
                        .seed(1)
                        .validation(
                                ValidationSettings.builder()
                                        .share(0.2)
                                        .windows(1000)
                                        .every(3)
                                        .patience(10)
                                        .metric(ValidationMetric.MSE)
                                        .build())
                        .snapshotEvery(100)
                        .build();
        TrainingResult result =
                new Trainer(TrainingListener.NONE)
                        .train(
                                TrainingPlan.builder()
                                        .history(history)
                                        .spec(spec)
                                        .settings(settings)
                                        .runner(RunnerOptions.SERVING)
                                        .output(output)
                                        .build());

        double squares = 0;
        double absolutes = 0;
        double squaresOfMean = 0;
        long count = 0;
        TrainingData data = Histories.data(history, spec);
        int median = spec.quantileLevels().indexOf(0.5);
        try (ForecastModel model =
                        ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            for (TrainingSeries series : data.series()) {
                double deviation = deviation(series.channel(0).orElseThrow(), data.cut());
                for (long end = data.cut() - 1; end < data.endTick() - spec.horizon(); end++) {
                    SeriesContext context = series.contextAt(end);
                    batch.add(context);
                    batch.run();
                    Forecast forecast = batch.forecast(0, series.channel(0).orElseThrow().series());
                    batch.clear();
                    for (int step = 0; step < spec.horizon(); step++) {
                        double real = series.channel(0).orElseThrow().valueAt(end + 1 + step);
                        if (!Double.isNaN(real)) {
                            double error = (forecast.quantile(step, median) - real) / deviation;
                            double errorOfMean = (forecast.mean()[step] - real) / deviation;
                            squares += error * error;
                            absolutes += Math.abs(error);
                            squaresOfMean += errorOfMean * errorOfMean;
                            count++;
                        }
                    }
                }
            }
        }

        ValidationScores scores = result.validation();
        assertThat(scores.mse()).isCloseTo(squares / count, within(1e-4));
        assertThat(scores.mae()).isCloseTo(absolutes / count, within(1e-4));
        assertThat(scores.mseOfMean()).isCloseTo(squaresOfMean / count, within(1e-4));
        assertThat(scores.pinball()).isPositive();
    }

    private static double deviation(TickSeries ticks, long end) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (long tick = ticks.firstTick(); tick < end; tick++) {
            double value = ticks.valueAt(tick);
            if (!Double.isNaN(value)) {
                sum += value;
                squares += value * value;
                count++;
            }
        }
        return Math.sqrt(squares / count - sum / count * sum / count);
    }
}
