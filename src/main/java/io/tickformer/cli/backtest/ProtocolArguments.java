package io.tickformer.cli.backtest;

import io.tickformer.console.UserError;
import io.tickformer.evaluation.backtest.Cutoffs;
import io.tickformer.evaluation.backtest.EvaluatedSet;
import io.tickformer.evaluation.backtest.PointForecast;
import io.tickformer.history.SplitBorders;
import io.tickformer.spec.ForecastSpec;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import picocli.CommandLine.Option;

/** Options of the protocol and the baselines. */
final class ProtocolArguments {
    /** Default number of windows of a rolling backtest over all series. */
    private static final int WINDOWS = 20_000;

    private static final int FEWEST_CUTOFFS = 10;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "rolling",
            description =
                    "rolling: evenly spaced cutoffs, errors and intervals in the units of the"
                            + " series; ltsf: the long-horizon protocol with every window and z-scored"
                            + " errors.")
    private Protocol protocol;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "ltsf",
            description =
                    "Training, validation and test set: shares such as 7:1:2, ticks such as"
                            + " 8640,2880,2880, ett for 12, 4 and 4 months, or ltsf for ett if the file"
                            + " is named ETT... and 7:1:2 otherwise.")
    private String split;

    @Option(
            names = "--part",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "The set to forecast: test, or validation for choosing settings.")
    private EvaluatedSet part;

    @Option(
            names = "--horizon",
            paramLabel = "TICKS",
            description =
                    "Number of steps to evaluate, from the first on; by default the model's"
                            + " horizon.")
    private Integer horizon;

    @Option(
            names = "--point",
            paramLabel = "NAME",
            defaultValue = "median",
            description = "Which single number of a forecast is scored: median or mean.")
    private PointForecast point;

    @Option(
            names = "--cutoffs",
            paramLabel = "N",
            description =
                    "rolling: number of evenly spaced cutoffs in each series. By default every tick"
                            + " of the set, but at most 20000 windows over all series, with at least 10"
                            + " in each.")
    private Integer cutoffs;

    @Option(
            names = "--stride",
            paramLabel = "TICKS",
            description = "rolling: ticks between cutoffs, instead of --cutoffs.")
    private Integer stride;

    @Option(
            names = "--season",
            paramLabel = "TICKS",
            description =
                    "Ticks in a season, for seasonal naive and for the scale of MASE and RMSSE; by"
                            + " default the season that forecasts the training set best.")
    private Integer season;

    @Option(
            names = "--calibrate",
            description =
                    "Calibrate the intervals of the model as the job does: every tick of the part"
                            + " before the evaluated one and of that part counts, in order. The"
                            + " forecasts before calibration are scored beside them.")
    private boolean calibrated;

    @Option(
            names = "--baselines",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "all",
            description =
                    "Baselines to compare with: all, none, or some of naive, seasonal-naive,"
                            + " linear, nlinear and dlinear, separated by commas. The linear ones are"
                            + " first fitted to the training set.")
    private List<String> baselines;

    @Option(
            names = "--baseline-steps",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Maximum number of training steps of the linear baselines.")
    private int baselineSteps;

    Protocol protocol() {
        return protocol;
    }

    String split() {
        return split;
    }

    EvaluatedSet part() {
        return part;
    }

    PointForecast point() {
        return point;
    }

    int horizon(ForecastSpec spec) {
        if (horizon == null) {
            return spec.horizon();
        }
        require(horizon >= 1, "--horizon", horizon, "at least 1");
        require(
                horizon <= spec.horizon(),
                "--horizon",
                horizon,
                "at most %d, the horizon of the model".formatted(spec.horizon()));
        return horizon;
    }

    Cutoffs cutoffs(SplitBorders borders, int steps, int series) {
        Cutoffs every = Cutoffs.every(borders, part, steps);
        if (cutoffs == null && stride == null) {
            boolean all = protocol == Protocol.LTSF;
            return all ? every : every.atMost(Math.max(FEWEST_CUTOFFS, WINDOWS / series));
        }
        if (protocol == Protocol.LTSF || (cutoffs != null && stride != null)) {
            throw new UserError(
                    protocol == Protocol.LTSF
                            ? "--cutoffs and --stride are for --protocol rolling; ltsf takes every"
                                    + " window"
                            : "--cutoffs and --stride are both given; expected one of them");
        }
        if (stride != null) {
            require(stride >= 1, "--stride", stride, "at least 1 tick");
            return every.stride(stride);
        }
        require(cutoffs >= 1, "--cutoffs", cutoffs, "at least 1");
        return every.atMost(cutoffs);
    }

    int season(IntSupplier found) {
        if (season == null) {
            return found.getAsInt();
        }
        require(season >= 1, "--season", season, "at least 1 tick");
        return season;
    }

    /** Whether the intervals of the model are calibrated. */
    boolean isCalibrated() {
        return calibrated;
    }

    /** The requested baselines in a fixed order. */
    Set<Baseline> baselines() {
        return Baseline.named(baselines);
    }

    /** Maximum number of training steps of the linear baselines. */
    int baselineSteps() {
        require(baselineSteps >= 1, "--baseline-steps", baselineSteps, "at least 1");
        return baselineSteps;
    }

    private static void require(boolean holds, String name, int given, String expected) {
        if (!holds) {
            throw new UserError("%s is %d; expected %s".formatted(name, given, expected));
        }
    }
}
