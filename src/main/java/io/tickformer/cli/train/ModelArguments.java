package io.tickformer.cli.train;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.training.CalendarFeatureChoice;
import io.tickformer.training.StreamingContextSize;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that define the model. */
@Internal
public final class ModelArguments {
    ModelArguments() {}

    static final String HORIZON = "--horizon";

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "streaming",
            description =
                    "The architecture: streaming (transformer with patches, banded attention and"
                            + " rotary positions), vanilla (transformer with one token per tick and"
                            + " full attention over the context), cnn (dilated causal convolutions),"
                            + " lstm (reads the last hidden state), lstm-attention (reads a weighted"
                            + " combination of all hidden states), linear, nlinear or dlinear (linear"
                            + " maps of the context).")
    private Preset preset;

    @Option(
            names = HORIZON,
            paramLabel = "TICKS",
            defaultValue = "48",
            description = "Number of ticks ahead to forecast.")
    private int horizon;

    @Option(
            names = "--patch",
            paramLabel = "TICKS",
            description =
                    "Ticks in a token. By default 16, or fewer if the history is short (streaming);"
                            + " 8 (cnn); 16 (lstm, lstm-attention).")
    private Integer patch;

    @Option(
            names = "--attention-window",
            paramLabel = "TOKENS",
            description =
                    "streaming: number of tokens that a token attends to. The context is then patch"
                            + " * (layers * (window - 1) + 1) ticks. By default 12, or fewer if the"
                            + " history is short.")
    private Integer attentionWindow;

    @Option(
            names = "--context",
            paramLabel = "TICKS",
            description =
                    "Ticks in the context, for all presets except streaming. By default 168"
                            + " (vanilla) or the context of the streaming preset.")
    private Integer context;

    @Option(
            names = "--kernel",
            paramLabel = "TOKENS",
            description = "cnn: number of tokens that a convolution reads; by default 3.")
    private Integer kernel;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description =
                    "Layers. By default 3, or 2 if the history is short (streaming, vanilla); as"
                            + " many as fit the context, with dilations that double from layer to layer"
                            + " (cnn); 1 (lstm, lstm-attention).")
    private Integer layers;

    @Option(
            names = "--width",
            paramLabel = "N",
            description =
                    "Width of a token; a transformer's feed-forward width is four times that. By"
                            + " default 32, or 64 (lstm, lstm-attention).")
    private Integer width;

    @Option(
            names = "--heads",
            paramLabel = "N",
            description = "streaming and vanilla: number of attention heads; by default 4.")
    private Integer heads;

    @Option(
            names = "--half-life",
            paramLabel = "TICKS",
            defaultValue = "256",
            description = "Half-life in ticks of observations in the running location and scale.")
    private double halfLife;

    @Option(
            names = "--calendar",
            paramLabel = "CYCLES",
            description =
                    "Calendar features of a token: hour-of-day, day-of-week, day-of-year, separated"
                            + " by commas, or none. By default those whose cycle repeats at least 60"
                            + " times in the training set and has at least four ticks.")
    private String calendar;

    @Option(
            names = "--calendar-zone",
            paramLabel = "ZONE",
            description =
                    "Time zone of the calendar features, with daylight saving, such as"
                            + " Europe/Berlin; by default UTC.")
    private String calendarZone;

    @Option(
            names = "--quantile-levels",
            split = ",",
            paramLabel = "LEVEL",
            description =
                    "Quantile levels between 0 and 1 in ascending order; by default"
                            + " 0.025,0.1,0.25,0.5,0.75,0.9,0.975.")
    private List<Double> quantileLevels;

    @Option(
            names = "--channels",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Two or more channels of a record that the model reads and forecasts together:"
                            + " the columns of these names or, for each record KEY, the series"
                            + " KEY/NAME. By default every series is forecast on its own.")
    private List<String> channels;

    @Mixin private SeasonalArguments seasonal;

    int horizon() {
        return horizon;
    }

    /** Names of the channels to mix; empty for a univariate model. */
    List<String> channels() {
        return channels == null ? List.of() : channels.stream().map(String::strip).toList();
    }

    /** The default spec of a preset for a horizon. */
    public static ForecastSpec standard(Preset preset, int horizon, TrainingSource part) {
        ModelArguments arguments = new ModelArguments();
        new CommandLine(arguments)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs("--preset=" + preset, HORIZON + "=" + horizon);
        return arguments.spec(part);
    }

    /** The spec that the options define. The training data determines what they leave open. */
    ForecastSpec spec(TrainingSource part) {
        long tickMillis = part.tickMillis();
        ForecastSpec spec =
                new NetworkSizes(patch, attentionWindow, context, kernel, layers, width, heads)
                        .spec(
                                preset,
                                tickMillis,
                                horizon,
                                StreamingContextSize.suggested(part.history()));
        spec = seasonal.apply(spec, preset, () -> part.season(horizon));
        List<CalendarFeature> cycles =
                calendar == null
                        ? CalendarFeatureChoice.suggested(
                                tickMillis, part.borders().trainTicks(), spec.seasonalPath())
                        : CalendarFeatureChoice.parse(calendar);
        return spec.toBuilder()
                .channels(channels())
                .quantileLevels(
                        quantileLevels == null
                                ? ForecastSpec.DEFAULT_QUANTILE_LEVELS
                                : quantileLevels)
                .calendarFeatures(cycles)
                .calendarZone(cycles.isEmpty() ? null : calendarZone)
                .normalisation(new Normalisation(halfLife, Normalisation.DEFAULT.blockTicks()))
                .build();
    }
}
