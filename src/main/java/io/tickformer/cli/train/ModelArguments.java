package io.tickformer.cli.train;

import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.training.CalendarFeatures;
import io.tickformer.training.ContextSize;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What defines the model. */
public final class ModelArguments {
    ModelArguments() {}

    static final String HORIZON = "--horizon";

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "streaming",
            description =
                    "The architecture: streaming (a transformer: patches, banded attention, rotary"
                            + " positions), vanilla (a transformer: one token a tick, full attention"
                            + " over the context), cnn (dilated causal convolutions), lstm (read from"
                            + " the last hidden state), lstm-attention (read from a weighted"
                            + " combination of all), linear, nlinear or dlinear (linear maps of the"
                            + " context).")
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
                    "Ticks in a token. By default 16, or fewer where the history is short (streaming);"
                            + " 8 (cnn) or 16 (lstm, lstm-attention).")
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
            description =
                    "Ticks in the context, of all but streaming. By default 168 (vanilla) or as many"
                            + " as the streaming preset has.")
    private Integer context;

    @Option(
            names = "--kernel",
            paramLabel = "TOKENS",
            description = "Cnn: tokens that a convolution reads; by default 3.")
    private Integer kernel;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description =
                    "Layers. By default 3, or 2 where the history is short (streaming, vanilla); as"
                            + " many as the context has room for, each reading twice as far apart as"
                            + " the one before (cnn); 1 (lstm, lstm-attention).")
    private Integer layers;

    @Option(
            names = "--width",
            paramLabel = "N",
            description =
                    "Width of a token; of a transformer the feed-forward width is four times it. By"
                            + " default 32, or 64 (lstm, lstm-attention).")
    private Integer width;

    @Option(
            names = "--heads",
            paramLabel = "N",
            description = "Streaming and vanilla: attention heads; by default 4.")
    private Integer heads;

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
                    "Cycles of the calendar that tokens carry: hour-of-day, day-of-week,"
                            + " day-of-year, with commas between them, or none. By default those that"
                            + " the part trained on spans 60 times and the tick resolves.")
    private String calendar;

    @Option(
            names = "--calendar-zone",
            paramLabel = "ZONE",
            description =
                    "Time zone whose clocks the cycles of the calendar follow, daylight saving"
                            + " included, such as Europe/Berlin; by default UTC.")
    private String calendarZone;

    @Option(
            names = "--quantile-levels",
            split = ",",
            paramLabel = "LEVEL",
            description =
                    "Quantile levels between 0 and 1, ascending; by default"
                            + " 0.025,0.1,0.25,0.5,0.75,0.9,0.975.")
    private List<Double> quantileLevels;

    @Option(
            names = "--channels",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Channels of a record, two or more, that the model reads side by side and"
                            + " forecasts together: the columns of these names, or for each record"
                            + " KEY the series KEY/NAME. By default every series is forecast by"
                            + " itself.")
    private List<String> channels;

    @Mixin private SeasonalArguments seasonal;

    int horizon() {
        return horizon;
    }

    /** Names of the channels to mix, or none. */
    List<String> channels() {
        return channels == null ? List.of() : channels.stream().map(String::strip).toList();
    }

    /** The spec that train gives a preset whose user wishes for nothing but a horizon. */
    public static ForecastSpec standard(Preset preset, int horizon, LearnedPart part) {
        ModelArguments arguments = new ModelArguments();
        new CommandLine(arguments)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs("--preset=" + preset, HORIZON + "=" + horizon);
        return arguments.spec(part);
    }

    /** The spec that is wished for, what is left open as the part learned from suggests. */
    ForecastSpec spec(LearnedPart part) {
        long tickMillis = part.tickMillis();
        ForecastSpec spec =
                new NetworkSizes(patch, attentionWindow, context, kernel, layers, width, heads)
                        .spec(preset, tickMillis, horizon, ContextSize.suggested(part.history()));
        spec = seasonal.apply(spec, preset, () -> part.season(horizon));
        List<CalendarFeature> cycles =
                calendar == null
                        ? CalendarFeatures.suggested(
                                tickMillis, part.borders().trainTicks(), spec.seasonalPath())
                        : CalendarFeatures.parse(calendar);
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
