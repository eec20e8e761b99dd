package io.tickformer.cli.train;

import io.tickformer.console.UserError;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import java.util.function.IntSupplier;
import picocli.CommandLine.Option;

/** Which seasonal path leads around the network. */
final class SeasonalArguments {
    private static final String AUTO = "auto";
    private static final String NONE = "none";

    /** Two weeks of days: looking back on three said no more on the part that validates. */
    private static final int MOST_SEASONS = 14;

    @Option(
            names = "--season",
            paramLabel = "TICKS",
            defaultValue = AUTO,
            description =
                    "The season whose repetition is added to what the network forecasts: ticks, none,"
                            + " or auto, which takes the shortest cycle that clearly repeats in the"
                            + " part trained on, or 1 where none does, for the preset streaming,"
                            + " and none for others. 1 takes the last values themselves.")
    private String season;

    @Option(
            names = "--seasons",
            paramLabel = "N",
            description =
                    "Seasons looked back on; by default as many as the context holds, at most 14.")
    private Integer seasons;

    /**
     * The spec with the path that is wished for or suits.
     *
     * @param found the season of the part trained on, in ticks; 1 where nothing repeats
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
