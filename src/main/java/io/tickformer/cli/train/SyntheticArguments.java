package io.tickformer.cli.train;

import io.tickformer.console.UserError;
import io.tickformer.history.History;
import io.tickformer.synthetic.SyntheticHistory;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** A synthetic history. */
final class SyntheticArguments {
    static final String NAME = "--synthetic";

    /** The tick a model of such series says it has; model.tick and --tick put it on any other. */
    private static final Duration TICK = Duration.ofHours(1);

    @Option(
            names = NAME,
            paramLabel = "N",
            description =
                    "In place of a history: so many synthetic series, made for the"
                            + " purpose, so that the model knows many kinds of series and none in"
                            + " particular.")
    private Integer series;

    @Option(names = "--synthetic-ticks", paramLabel = "N", description = "Ticks of each of them.")
    private int ticks = 2_048;

    @Option(
            names = "--synthetic-seed",
            paramLabel = "N",
            description = "Which of them: another seed makes others.")
    private long seed = 1;

    boolean given() {
        return series != null;
    }

    /**
     * Makes the series, which the caller closes.
     *
     * @throws UserError if a number is too small
     */
    History make() {
        requirePositive(NAME, series);
        requirePositive("--synthetic-ticks", ticks);
        return SyntheticHistory.of(seed, series, ticks, TICK.toMillis());
    }

    /** What stands for the file of such a history. */
    static Path file() {
        return Path.of("synthetic");
    }

    private static void requirePositive(String name, int number) {
        if (number < 1) {
            throw new UserError("%s is %d; expected at least 1".formatted(name, number));
        }
    }
}
