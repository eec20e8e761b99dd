package io.tickformer.cli.train;

import io.tickformer.console.UserError;
import io.tickformer.history.History;
import io.tickformer.synthetic.SyntheticHistory;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of a synthetic training history. */
final class SyntheticArguments {
    static final String NAME = "--synthetic";

    /** The tick length recorded in the model; model.tick and --tick override it. */
    private static final Duration TICK = Duration.ofHours(1);

    @Option(
            names = NAME,
            paramLabel = "N",
            description =
                    "Train on this many generated series instead of a history. The model then"
                            + " handles many kinds of series and is specific to none.")
    private Integer series;

    @Option(names = "--synthetic-ticks", paramLabel = "N", description = "Ticks in each of them.")
    private int ticks = 2_048;

    @Option(
            names = "--synthetic-seed",
            paramLabel = "N",
            description = "Seed of the generator: another seed gives other series.")
    private long seed = 1;

    boolean given() {
        return series != null;
    }

    /**
     * Generates the series. The caller closes the history.
     *
     * @throws UserError if a number is too small
     */
    History make() {
        requirePositive(NAME, series);
        requirePositive("--synthetic-ticks", ticks);
        return SyntheticHistory.of(seed, series, ticks, TICK.toMillis());
    }

    /** The file name that represents such a history in messages. */
    static Path file() {
        return Path.of("synthetic");
    }

    private static void requirePositive(String name, int number) {
        if (number < 1) {
            throw new UserError("%s is %d; expected at least 1".formatted(name, number));
        }
    }
}
