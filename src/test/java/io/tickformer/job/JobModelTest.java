package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.operator.EngineSettings;
import io.tickformer.operator.ForecastOperatorSettings;
import io.tickformer.operator.ForecastTickFilter;
import io.tickformer.spec.AcceptedTickMeanings;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobModelTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir private static Path folder;
    private static Path model;

    @BeforeAll
    static void write() throws IOException {
        model = Files.write(folder.resolve("hourly.onnx"), TestModels.streaming());
    }

    @Test
    void theTickLengthIsTheModels() {
        assertThat(read().tickLength()).isEqualTo(Duration.ofHours(1));
        assertThat(read("--tick.length=60 min").tickLength()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void anotherTickLengthThanTheModelsIsRefused() {
        assertThatThrownBy(() -> read("--tick.length=15 min"))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "tick.length is 15 min; expected 1 h, the tick of %s; leave it out, train a"
                                + " model on such ticks, or set model.tick for a model without"
                                + " calendar features",
                        model);
    }

    @Test
    void aModelThatKnowsNoCalendarIsPutOnOtherTicks() {
        assertThat(read("--model.tick=15 min").tickLength()).isEqualTo(Duration.ofMinutes(15));
        assertThat(read("--model.tick=15 min", "--tick.length=15 min").pipeline()).isNotNull();
        assertThatThrownBy(() -> read("--model.tick=15 min", "--tick.length=1 h"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("tick.length is 1 h; expected 15 min");
    }

    @Test
    void aModelThatKnowsTheCalendarKeepsItsTicks() throws IOException {
        ForecastSpec hourly =
                TestModels.STREAMING.withCalendarFeatures(List.of(CalendarFeature.HOUR_OF_DAY));
        Path file = Files.write(folder.resolve("calendar.onnx"), TestModels.transformer(hourly, 1));

        assertThatThrownBy(() -> read("--model.path=" + file, "--model.tick=15 min"))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "model.path is %s and model.tick is 15 min; the model has calendar"
                                + " features, [HOUR_OF_DAY], for ticks of 60000 ms; expected those"
                                + " ticks and not 900000 ms, or a model without calendar features",
                        file);
    }

    @Test
    void theTicksMeanWhatTheModelSays() throws IOException {
        Path counts =
                ofTicks(
                        "counts.onnx",
                        TickMeaning.of(TickAggregate.COUNT),
                        AcceptedTickMeanings.OWN);

        assertThat(read().spec().tickMeaning()).isEqualTo(TickMeaning.DEFAULT);
        for (String setting : List.of("--tick.aggregate=count", "--tick.empty=zero")) {
            JobModel model = read("--model.path=" + counts, setting);
            assertThat(model.spec().tickMeaning()).isEqualTo(TickMeaning.of(TickAggregate.COUNT));
            assertThat(model.spec().aggregate()).isEqualTo(TickAggregate.COUNT);
        }
    }

    @Test
    void ticksOfAnotherMeaningThanTheModelsAreRefused() throws IOException {
        Path counts =
                ofTicks(
                        "counts.onnx",
                        TickMeaning.of(TickAggregate.COUNT),
                        AcceptedTickMeanings.OWN);

        assertThatThrownBy(() -> read("--tick.aggregate=sum"))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "model.path is %s and tick.aggregate is sum; the tick asked for is sum,"
                                + " empty ticks zero; expected mean, empty ticks missing, which the"
                                + " model was trained on: remove the setting, or train a model on"
                                + " such ticks",
                        model);
        assertThatThrownBy(() -> read("--model.path=" + counts, "--tick.empty=missing"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining(
                        "and tick.empty is missing; the tick asked for is count, empty")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(
                        () ->
                                read(
                                        "--model.path=" + counts,
                                        "--tick.aggregate=mean",
                                        "--tick.empty=last"))
                .hasMessageContaining("tick.aggregate is mean and tick.empty is last; the tick");
    }

    @Test
    void aModelOfAnyTicksTakesThoseOfTheSettings() throws IOException {
        Path any = ofTicks("any.onnx", TickMeaning.DEFAULT, AcceptedTickMeanings.ANY);

        assertThat(read("--model.path=" + any).spec().tickMeaning()).isEqualTo(TickMeaning.DEFAULT);
        JobModel sums = read("--model.path=" + any, "--tick.aggregate=sum", "--model.tick=5 min");
        assertThat(sums.spec().tickMeaning()).isEqualTo(TickMeaning.of(TickAggregate.SUM));
        assertThat(sums.spec().aggregate()).isEqualTo(TickAggregate.SUM);
        assertThat(sums.tickLength()).isEqualTo(Duration.ofMinutes(5));
        assertThat(
                        read("--model.path=" + any, "--tick.aggregate=sum", "--tick.empty=missing")
                                .spec()
                                .tickMeaning())
                .isEqualTo(new TickMeaning(TickAggregate.SUM, EmptyTickPolicy.MISSING));
    }

    private static Path ofTicks(String name, TickMeaning meaning, AcceptedTickMeanings fit)
            throws IOException {
        return Files.write(
                folder.resolve(name),
                TestModels.transformer(
                        TestModels.STREAMING.withTickMeaning(meaning).withTickFit(fit), 1));
    }

    @Test
    void aModelThatMixesChannelsExpectsThemAsValueFieldsInAnyOrder() throws IOException {
        Path file =
                Files.write(
                        folder.resolve("meters.onnx"),
                        TestModels.transformer(TestModels.CHANNELS, 1));

        assertThat(
                        read(
                                        "--model.path=" + file,
                                        "--source.value-fields=voltage,phase.angle,power")
                                .spec()
                                .channels())
                .containsExactly("power", "voltage", "phase.angle");
        assertThatThrownBy(
                        () -> read("--model.path=" + file, "--source.value-fields=power,voltage"))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "source.value-fields is power, voltage; expected power, voltage, phase.angle,"
                                + " in any order: %s mixes these channels of a record",
                        file);
    }

    @Test
    void theTickOfAModelMadeElsewhereIsInItsSpecFile() throws IOException {
        Path spec =
                Files.writeString(
                        folder.resolve("minutes.json"), SpecJson.write(TestModels.STREAMING));

        assertThatThrownBy(() -> read("--model.spec=" + spec, "--model.tick=15 min"))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "model.tick is 15 min; expected none beside model.spec: set the tick"
                                + " length in the spec file");
    }

    @Test
    void moreThanTheModelForecastsIsRefused() {
        assertThatThrownBy(() -> read("--forecast.horizon=5"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("5 horizon steps are asked for; the model forecasts 4");
        assertThatThrownBy(() -> read("--forecast.quantile-levels=0.3"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("quantile level 0.3 is asked for");
    }

    @Test
    void aModeThatTheModelOrTheProviderDoesNotAllowIsRefused() throws IOException {
        Path vanilla = Files.createTempFile("vanilla", ".onnx");
        Files.write(vanilla, TestModels.transformer(TestModels.VANILLA, 3));
        try {
            assertThatThrownBy(() -> read("--forecast.mode=incremental", "--model.path=" + vanilla))
                    .isInstanceOf(OptionException.class)
                    .hasMessageContaining("cannot be evaluated incrementally");
            assertThat(read("--forecast.mode=auto", "--model.path=" + vanilla).pipeline())
                    .isNotNull();
        } finally {
            Files.delete(vanilla);
        }
        assertThatThrownBy(() -> read("--forecast.mode=incremental", "--model.provider=cuda"))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith(
                        "forecast.mode is incremental; expected auto or full with model.provider"
                                + " cuda");
    }

    @Test
    void theEngineIsWhatTheSettingsSay() {
        ForecastOperatorSettings settings =
                read("--forecast.mode=incremental", "--forecast.cache-memory=3 mb")
                        .operatorSettings();

        assertThat(settings.engine().mode()).isEqualTo(EvaluationMode.INCREMENTAL);
        assertThat(settings.engine().cacheBytes()).isEqualTo(3 << 20);
        assertThat(read().operatorSettings().engine().cacheBytes())
                .isEqualTo(EngineSettings.MANAGED_MEMORY);
    }

    @Test
    void aSeriesIsNotForgottenWithinItsContext() {
        assertThatThrownBy(() -> read("--forecast.idle-expiry-ticks=15"))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "forecast.idle-expiry-ticks is 15; expected 0, or at least 1040, the number of"
                                + " ticks that a forecast of %s depends on: a series that expires"
                                + " sooner would lose some of them",
                        model);
        assertThat(read("--forecast.idle-expiry-ticks=1040").pipeline()).isNotNull();
    }

    @Test
    void theStateOfASilentSeriesIsKeptForAsLongAsItsContextReachesBackToIt() {
        assertThat(expiryTicks()).isEqualTo(1040);
        assertThat(expiryTicks("--forecast.idle-expiry-ticks=1072")).isEqualTo(1072);
    }

    private static int expiryTicks(String... more) {
        JobModel model = read(more);
        return model.operatorSettings().silence().expiryTicks(model.spec().ringTicks());
    }

    @Test
    void theFirstTicksForecastAreThoseOfNowUnlessAsked() {
        assertThat(from()).isEqualTo(ForecastTickFilter.start(NOW));
        assertThat(from("--forecast.from=start")).isEqualTo(ForecastTickFilter.start(NOW));
        assertThat(from("--forecast.from=earliest")).isEqualTo(ForecastTickFilter.EARLIEST);
        assertThat(from("--source.bounded=true")).isEqualTo(ForecastTickFilter.EARLIEST);
        assertThat(from("--source.bounded=true", "--forecast.from=start"))
                .isEqualTo(ForecastTickFilter.start(NOW));
        assertThat(from("--forecast.from=2026-03-01T01:00:00+01:00"))
                .isEqualTo(ForecastTickFilter.time(Instant.parse("2026-03-01T00:00:00Z")));
    }

    private static ForecastTickFilter from(String... more) {
        return read(more).operatorSettings().from();
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        assertThatThrownBy(() -> read("--model.path=" + text))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("model.path is " + text + "; ");
    }

    @Test
    void aSpecThatIsNoneIsRefused() throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.json"), "{}");
        assertThatThrownBy(() -> read("--model.spec=" + spec))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("model.spec is " + spec + "; ");
    }

    private static JobModel read(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--kafka.bootstrap-servers=b:1",
                                "--registry.url=http://r",
                                "--model.path=" + model));
        arguments.addAll(List.of(more));
        return JobModel.read(
                JobSettings.parse(arguments.toArray(String[]::new)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
