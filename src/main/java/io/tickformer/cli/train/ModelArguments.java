package io.tickformer.cli.train;

import io.tickformer.history.History;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.training.CalendarChoice;
import io.tickformer.training.ContextChoice;
import java.util.List;
import picocli.CommandLine.Option;

/** What defines the model. */
final class ModelArguments {
    /** The two presets of the architecture. */
    enum Preset {
        STREAMING,
        VANILLA
    }

    static final String HORIZON = "--horizon";

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "streaming",
            description =
                    "The architecture: streaming (patches, banded attention, rotary positions) or"
                            + " vanilla (one token a tick, full attention over --context ticks).")
    private Preset preset;

    @Option(
            names = HORIZON,
            paramLabel = "TICKS",
            defaultValue = "48",
            description = "How many ticks ahead to forecast.")
    private int horizon;

    @Option(
            names = "--patch",
            paramLabel = "TICKS",
            description =
                    "Streaming: ticks in a token; by default 16, or fewer where the history is short.")
    private Integer patch;

    @Option(
            names = "--attention-window",
            paramLabel = "TOKENS",
            description =
                    "Streaming: tokens a token attends to; the context is then patch * (layers *"
                            + " (window - 1) + 1) ticks. By default 12, or fewer where the history is"
                            + " short.")
    private Integer attentionWindow;

    @Option(
            names = "--context",
            paramLabel = "TICKS",
            defaultValue = "168",
            description = "Vanilla: ticks in the context.")
    private int context;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description = "Layers; by default 3, or 2 where the history is short.")
    private Integer layers;

    @Option(
            names = "--width",
            paramLabel = "N",
            defaultValue = "32",
            description = "Width of a token; the feed-forward width is four times it.")
    private int width;

    @Option(
            names = "--heads",
            paramLabel = "N",
            defaultValue = "4",
            description = "Attention heads.")
    private int heads;

    @Option(
            names = "--half-life",
            paramLabel = "TICKS",
            defaultValue = "256",
            description =
                    "After how many ticks an observation counts half in the running location and"
                            + " scale.")
    private double halfLife;

    @Option(
            names = "--calendar",
            paramLabel = "CYCLES",
            description =
                    "Cycles of the calendar (UTC) that tokens carry: hour-of-day, day-of-week,"
                            + " day-of-year, with commas between them, or none. By default those that"
                            + " the history spans 60 times and the tick resolves.")
    private String calendar;

    @Option(
            names = "--quantile-levels",
            split = ",",
            paramLabel = "LEVEL",
            description =
                    "Quantile levels between 0 and 1, ascending; by default"
                            + " 0.025,0.1,0.25,0.5,0.75,0.9,0.975.")
    private List<Double> quantileLevels;

    int horizon() {
        return horizon;
    }

    ForecastSpec spec(long tickMillis, History history) {
        int feedForwardWidth = 4 * width;
        ContextChoice suited = ContextChoice.suited(history);
        int chosenLayers = layers == null ? suited.layers() : layers;
        ForecastSpec spec =
                switch (preset) {
                    case STREAMING ->
                            ForecastSpec.streaming(
                                    tickMillis,
                                    patch == null ? suited.patchLength() : patch,
                                    attentionWindow == null
                                            ? suited.attentionWindow()
                                            : attentionWindow,
                                    horizon,
                                    chosenLayers,
                                    width,
                                    heads,
                                    feedForwardWidth);
                    case VANILLA ->
                            ForecastSpec.vanilla(
                                    tickMillis,
                                    context,
                                    horizon,
                                    chosenLayers,
                                    width,
                                    heads,
                                    feedForwardWidth);
                };
        Normalisation standard = Normalisation.DEFAULT;
        List<CalendarFeature> cycles =
                calendar == null
                        ? CalendarChoice.suited(tickMillis, history)
                        : CalendarChoice.parse(calendar);
        return spec.withQuantileLevels(
                        quantileLevels == null
                                ? ForecastSpec.DEFAULT_QUANTILE_LEVELS
                                : quantileLevels)
                .withCalendarFeatures(cycles)
                .withNormalisation(
                        new Normalisation(
                                halfLife,
                                standard.relativeScaleFloor(),
                                standard.absoluteScaleFloor()));
    }
}
