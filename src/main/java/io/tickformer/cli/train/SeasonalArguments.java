package io.tickformer.cli.train;

import io.tickformer.console.UserError;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import java.util.function.IntSupplier;
import picocli.CommandLine.Option;

/** Options of the seasonal path, which bypasses the network. */
final class SeasonalArguments {
    private static final String AUTO = "auto";
    private static final String NONE = "none";

    /** Two weeks of days: a third week did not improve the validation error. */
    private static final int MOST_SEASONS = 18;

    @Option(
            names = "--season",
            paramLabel = "TICKS",
            defaultValue = AUTO,
            description =
                    "Season whose repetition is added to the output of the network: a number of"
                            + " ticks, none, or auto. auto takes the shortest clear cycle of the"
                            + " training set for the preset streaming, or 1 if there is none; for other"
                            + " presets it means none. 1 repeats the last values.")
    private String season;

    @Option(
            names = "--seasons",
            paramLabel = "N",
            description =
                    "Number of past seasons to use; by default as many as the context holds, at"
                            + " most 18.")
    private Integer seasons;

    /**
     * Adds the requested or default seasonal path to a spec.
     *
     * @param found the season of the training set in ticks; 1 without a cycle
     */
    ForecastSpec apply(ForecastSpec spec, Preset preset, IntSupplier found) {
        int ticks = ticks(preset, found);
        int held = ticks < 1 ? 0 : spec.contextLength() / ticks;
        if (held == 0) {
            if (seasons != null || (ticks > 0 && !season.equals(AUTO))) {
                throw new UserError(
                        ("--season is %s, --seasons is %s, and the context has %d ticks; expected a"
                                        + " season that the context holds")
                                .formatted(season, seasons, spec.contextLength()));
            }
            return spec;
        }
        return spec.withSeasonalPath(
                new SeasonalPath(ticks, seasons == null ? Math.min(held, MOST_SEASONS) : seasons));
    }

    private int ticks(Preset preset, IntSupplier found) {
        if (season.equals(AUTO)) {
            return preset == Preset.STREAMING ? found.getAsInt() : 0;
        }
        if (season.equals(NONE)) {
            return 0;
        }
        try {
            int ticks = Integer.parseInt(season);
            if (ticks < 1) {
                throw new UserError(
                        "--season is %d; expected at least 1 tick, auto or none".formatted(ticks));
            }
            return ticks;
        } catch (NumberFormatException e) {
            throw new UserError(
                    "--season is %s; expected a number of ticks, auto or none".formatted(season),
                    e);
        }
    }
}
