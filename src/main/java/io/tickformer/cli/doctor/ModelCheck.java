package io.tickformer.cli.doctor;

import io.tickformer.console.SpecTable;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MeasuredForecastTime;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.job.ModelOptions;
import io.tickformer.job.OptionException;
import io.tickformer.job.TriedModel;
import io.tickformer.monitoring.ReadableNumbers;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Opens the model as the job does, compares it with the settings and times a forecast. */
final class ModelCheck implements Check {
    private static final int MICRO_BATCH = 32;
    private static final double MICROS_A_MILLI = 1e3;
    private static final double KILO = 1e3;
    private static final String NATIVE = "native library";

    private final LongSupplier nanoTime;

    ModelCheck(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.MODEL, Subject.FORECAST);
    }

    /** The first forecasts of a model may take three minutes. */
    @Override
    public Duration limit(Duration timeout) {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        Optional<String> path =
                examination.settings().find(ModelOptions.PATH).filter(text -> !text.isBlank());
        if (path.isEmpty()) {
            findings.skipped(Subject.MODEL, "model.path is not set");
            findings.skipped(Subject.FORECAST, "there is no model");
            return;
        }
        TriedModel tried;
        try {
            tried = examination.trial().model();
        } catch (OptionException e) {
            findings.problem(Subject.MODEL, e.getMessage(), advice(e.getMessage()));
            findings.skipped(Subject.FORECAST, "there is no model that works");
            return;
        }
        try (ForecastModel model = tried.open(ExecutionProvider.CPU)) {
            findings.ok(Subject.MODEL, description(path.get(), model, tried));
            examination.modelWorks(tried);
            time(model, findings);
        }
    }

    private static String advice(String message) {
        return message.contains(NATIVE)
                ? "the temporary folder must be writable and allow execution, and the system must"
                        + " have glibc 2.28 or later"
                : "correct the setting, or name a model that fits; 'tickformer inspect FILE' shows"
                        + " what a file holds";
    }

    private static String description(String path, ForecastModel model, TriedModel tried) {
        ForecastSpec spec = tried.spec();
        return String.format(
                Locale.ROOT,
                "%s is %s %s: ticks of %s, a context of %d, a horizon of %d, %d quantile levels%s; the state of a series takes up to %.1f kB",
                path,
                model.name(),
                model.version(),
                SpecTable.time(spec.tickMillis()),
                spec.contextLength(),
                tried.steps(),
                tried.levels(),
                spec.channels().isEmpty() ? "" : ", channels " + String.join(", ", spec.channels()),
                tried.stateBytesPerSeries() / KILO);
    }

    private void time(ForecastModel model, Findings findings) {
        MeasuredForecastTime whole = MeasuredForecastTime.measure(model, MICRO_BATCH, nanoTime);
        Optional<MeasuredForecastTime> incremental =
                MeasuredForecastTime.measureIncremental(model, MICRO_BATCH, nanoTime);
        double micros = incremental.orElse(whole).micros();
        double perTick = MICROS_A_MILLI * model.spec().tickMillis() / micros;
        String seen =
                "a forecast takes %s on one core%s; one core forecasts about %s series a tick"
                        .formatted(
                                time(micros),
                                incremental.isEmpty()
                                        ? ""
                                        : " with the cache, and %s without"
                                                .formatted(time(whole.micros())),
                                ReadableNumbers.number(Math.round(perTick)));
        if (perTick < MICRO_BATCH) {
            findings.warning(
                    Subject.FORECAST,
                    seen,
                    "use a smaller model, longer ticks or more cores; 'tickformer plan' computes"
                            + " how many");
        } else {
            findings.ok(Subject.FORECAST, seen);
        }
    }

    private static String time(double micros) {
        return micros < MICROS_A_MILLI
                ? String.format(Locale.ROOT, "%.0f µs", micros)
                : String.format(Locale.ROOT, "%.1f ms", micros / MICROS_A_MILLI);
    }
}
