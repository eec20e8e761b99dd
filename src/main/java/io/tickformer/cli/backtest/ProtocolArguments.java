package io.tickformer.cli.backtest;

import io.tickformer.console.UserError;
import io.tickformer.evaluation.backtest.Cutoffs;
import io.tickformer.evaluation.backtest.Part;
import io.tickformer.evaluation.backtest.PointForecast;
import io.tickformer.history.Borders;
import io.tickformer.spec.ForecastSpec;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import picocli.CommandLine.Option;

/** How a model is judged, and beside what. */
final class ProtocolArguments {
    /** Windows over all series of a rolling backtest whose user has no wishes. */
    private static final int WINDOWS = 20_000;

    private static final int FEWEST_CUTOFFS = 10;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "rolling",
            description =
                    "rolling: cutoffs along the part, errors and intervals in the series' own"
                            + " units; ltsf: the long-horizon protocol, every window of the part,"
                            + " z-scored errors.")
    private Protocol protocol;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "ltsf",
            description =
                    "Train, validation and test part: shares such as 7:1:2, ticks such as"
                            + " 8640,2880,2880, ett for 12, 4 and 4 months, or ltsf for ett where"
                            + " the file is named ETT... and 7:1:2 otherwise.")
    private String split;

    @Option(
            names = "--part",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "The part to forecast: test, or validation to choose settings by.")
    private Part part;

    @Option(
            names = "--horizon",
            paramLabel = "TICKS",
            description =
                    "Steps to judge, from the first on; by default all that the model forecasts.")
    private Integer horizon;

    @Option(
            names = "--point",
            paramLabel = "NAME",
            defaultValue = "median",
            description = "What stands for a forecast where one number is scored: median or mean.")
    private PointForecast point;

    @Option(
            names = "--cutoffs",
            paramLabel = "N",
            description =
                    "rolling: cutoffs in each series, evenly spaced. By default every tick of the"
                            + " part, or as many as make 20000 windows over all series.")
    private Integer cutoffs;

    @Option(
            names = "--stride",
            paramLabel = "TICKS",
            description = "rolling: ticks from a cutoff to the next, in place of --cutoffs.")
    private Integer stride;

    @Option(
            names = "--season",
            paramLabel = "TICKS",
            description =
                    "Ticks of a season, for seasonal naive and for the scale of MASE and RMSSE; by"
                            + " default the one that forecasts the training part best.")
    private Integer season;

    @Option(
            names = "--baselines",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "all",
            description =
                    "What to compare with: all, none, or some of naive, seasonal-naive, linear,"
                            + " nlinear and dlinear with commas between them. The linear ones are"
                            + " trained on the training part first.")
    private List<String> baselines;

    @Option(
            names = "--baseline-steps",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Training steps of the linear baselines, at most.")
    private int baselineSteps;

    Protocol protocol() {
        return protocol;
    }

    String split() {
        return split;
    }

    Part part() {
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

    Cutoffs cutoffs(Borders borders, int steps, int series) {
        Cutoffs every = Cutoffs.every(borders, part, steps);
        if (cutoffs == null && stride == null) {
            boolean all = protocol == Protocol.LTSF;
            return all ? every : every.atMost(Math.max(FEWEST_CUTOFFS, WINDOWS / series));
        }
        if (protocol == Protocol.LTSF || (cutoffs != null && stride != null)) {
            throw new UserError(
                    protocol == Protocol.LTSF
                            ? "--cutoffs and --stride are of --protocol rolling; ltsf takes every"
                                    + " window"
                            : "both --cutoffs and --stride are given; expected one of them");
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

    /** The baselines asked for, in their fixed order. */
    Set<Baseline> baselines() {
        return Baseline.named(baselines);
    }

    /** Training steps of the linear baselines, at most. */
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
