package io.tickformer.cli.card;

import io.tickformer.annotation.Internal;
import io.tickformer.cli.inspect.ModelFacts;
import io.tickformer.console.SpecTable;
import io.tickformer.process.PlatformInfo;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;
import io.tickformer.training.TrainingPlan;
import io.tickformer.training.TrainingResult;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The model card of a training: training data, spec, training curve, backtest, limits, and how to
 * reproduce the model. Everything except the last section is a function of the training's inputs;
 * date, machine and duration are in the last section.
 *
 * <p>The form follows Mitchell et al. 2019, "Model cards for model reporting".
 */
@Internal
public final class TrainingCard {
    private final TrainingPlan plan;
    private final TrainingResult result;
    private final String command;
    private final Clock clock;

    /**
     * @param command the command line that reproduces the model
     * @param clock gives the date
     */
    public TrainingCard(TrainingPlan plan, TrainingResult result, String command, Clock clock) {
        this.plan = plan;
        this.result = result;
        this.command = command;
        this.clock = clock;
    }

    /** Writes the card next to the model. Replaces an older one. */
    public CardFile write() throws IOException {
        CardFile file = CardFile.of(result.output());
        file.requireReplaceable();
        file.write(page(PlatformInfo.current()));
        return file;
    }

    String page(PlatformInfo platform) throws IOException {
        DataFacts data = DataFacts.of(plan.history(), plan.spec().tickRule());
        Markdown page = new Markdown();
        ModelFacts facts = ModelFacts.read(result.output(), null);
        // From the file: an ensemble of several seeds differs from the plan's spec.
        ForecastSpec spec = facts.spec().orElseThrow();
        title(page, facts, spec);
        DataSection.write(page, plan, data, result.borders());
        spec(page, spec);
        CurveSection.write(page, plan, result);
        page.heading(2, "Backtest").block(CardFile.noBacktests());
        LimitsSection.write(page, plan, result, data);
        reproduce(page, platform);
        BacktestSection validation = ValidationBacktest.of(plan, result);
        return CardFile.with(page.toString(), validation.key(), validation.markdown());
    }

    private void title(Markdown page, ModelFacts facts, ForecastSpec spec) {
        String kind = SpecTable.of(spec).get("architecture.kind");
        page.heading(1, "Model card: " + Markdown.text(plan.modelName()))
                .block(CardFile.mark(result.modelVersion()))
                .paragraph(
                        ("A %s model that forecasts %s %s ticks of %s ahead, as %d quantiles"
                                        + " and a mean, from its last %s ticks.")
                                .formatted(
                                        kind,
                                        spec.channels().isEmpty()
                                                ? "a series"
                                                : "the %d channels of a record together"
                                                        .formatted(spec.channelCount()),
                                        CardNumbers.count(spec.horizon()),
                                        SpecTable.time(spec.tickMillis()),
                                        spec.quantileLevels().size(),
                                        CardNumbers.count(spec.contextLength())));
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("file", Markdown.value(result.output().getFileName().toString()));
        rows.put("version", Markdown.value(result.modelVersion()));
        if (plan.baseModel() != null) {
            rows.put(
                    "fine-tuned from",
                    Markdown.value(LocalPaths.shorten(plan.baseModel().source()))
                            + ", version "
                            + Markdown.value(plan.baseModel().metadata().version()));
        }
        rows.put("size", CardNumbers.count(facts.size()) + " bytes");
        rows.put("parameters", CardNumbers.count(facts.parameterCount()));
        facts.operations()
                .ifPresent(
                        operations ->
                                rows.put(
                                        "floating-point operations of a forecast",
                                        CardNumbers.count(operations.total())));
        facts.stateBytes()
                .ifPresent(
                        bytes ->
                                rows.put(
                                        spec.channels().isEmpty()
                                                ? "state of a series in the job"
                                                : "state of a record in the job",
                                        CardNumbers.count(bytes) + " bytes"));
        page.facts(rows);
    }

    private static void spec(Markdown page, ForecastSpec spec) {
        Map<String, String> rows = new LinkedHashMap<>();
        SpecTable.of(spec).forEach((name, value) -> rows.put(name, Markdown.value(value)));
        page.heading(2, "Spec").facts(rows).code("json", SpecJson.write(spec));
    }

    private void reproduce(Markdown page, PlatformInfo platform) {
        page.heading(2, "Reproduce").code("sh", command);
        page.paragraph(
                "The same command on data with the same fingerprint gives the same weights, with"
                        + " the same versions on the same kind of machine.");
        Map<String, String> rows = new LinkedHashMap<>();
        platform.rows().forEach((name, value) -> rows.put(name, Markdown.text(value)));
        rows.put(
                "computed by",
                "%s, %d %s"
                        .formatted(
                                plan.runner().provider().name().toLowerCase(Locale.ROOT),
                                plan.runner().threads(),
                                plan.runner().threads() == 1 ? "thread" : "threads"));
        rows.put("trained in", String.format(Locale.ROOT, "%.0f s", result.seconds()));
        rows.put("made on", LocalDate.now(clock).toString());
        page.facts(rows);
    }
}
