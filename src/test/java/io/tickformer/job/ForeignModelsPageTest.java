package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.ForeignModels;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the page on models made elsewhere to what a job takes. */
final class ForeignModelsPageTest {
    @TempDir private Path folder;

    @Test
    void theJobTakesTheModelAndTheSpecFileOfThePage() throws IOException {
        assertThat(read(ForeignModels.jsonOfThePage()).tickLength()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aNameThatTheGraphDoesNotHaveIsOneLineThatGivesBoth() throws IOException {
        String wrong = ForeignModels.jsonOfThePage().replace("past_values", "history");

        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "model.path is %s; the spec names the input history; the graph has"
                                + " [past_values, past_observed_mask]",
                        folder.resolve("theirs.onnx"));
    }

    @Test
    void aModelWithoutItsSpecFileIsRefused() throws IOException {
        Path model = Files.write(folder.resolve("theirs.onnx"), ForeignModels.modelOfThePage());

        assertThatThrownBy(() -> read(settings("--model.path=" + model)))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("model.path is " + model + "; ")
                .hasMessageContaining("model.spec");
    }

    @Test
    void itsForecastsAreInTheUnitOfTheSeries() throws IOException {
        ForecastSpec spec = ForeignModels.specOfThePage();
        try (ForecastModel model =
                        ForecastModel.open(
                                ForeignModels.modelOfThePage(), spec, ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            SeriesContext context = SeriesContext.of(spec);
            for (int tick = 0; tick < 200; tick++) {
                context.update(tick, tick % 2 == 0 ? 990 : 1010);
            }
            batch.add(context);
            batch.run();

            Forecast forecast = batch.forecast(0, "s");
            // The frame's scale is 10 and a level is one scale apart from the next.
            float expected = 1010 + 10 * 0.96f;
            assertThat(forecast.mean()[23]).isCloseTo(expected, offset(0.1));
            assertThat(forecast.quantile(23, 0)).isCloseTo(expected - 10, offset(0.1));
            assertThat(forecast.quantile(23, 1)).isCloseTo(expected, offset(0.1));
            assertThat(forecast.quantile(23, 2)).isCloseTo(expected + 10, offset(0.1));
        }
    }

    @Test
    void everyFieldOfTheSpecFileIsExplained() throws IOException {
        String page = Repository.read("docs/foreign-models.md");
        for (Class<?> type :
                List.of(
                        ForecastSpec.class,
                        Normalisation.class,
                        ForeignArchitecture.class,
                        ForeignArchitecture.ForeignTensor.class)) {
            for (RecordComponent field : type.getRecordComponents()) {
                assertThat(page).contains("`" + field.getName() + "`");
            }
        }
    }

    private JobModel read(String spec) throws IOException {
        Path model = Files.write(folder.resolve("theirs.onnx"), ForeignModels.modelOfThePage());
        Path json = Files.writeString(folder.resolve("theirs.json"), spec);
        return read(settings("--model.path=" + model, "--model.spec=" + json));
    }

    private static JobModel read(JobSettings settings) {
        return JobModel.read(settings, Clock.systemUTC());
    }

    private static JobSettings settings(String model, String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "--kafka.bootstrap-servers=b:1";
        arguments[1] = "--registry.url=http://r";
        arguments[2] = model;
        System.arraycopy(more, 0, arguments, 3, more.length);
        return JobSettings.parse(arguments);
    }
}
