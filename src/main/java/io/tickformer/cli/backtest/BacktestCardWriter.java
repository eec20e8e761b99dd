package io.tickformer.cli.backtest;

import io.tickformer.cli.card.BacktestSection;
import io.tickformer.cli.card.CardFile;
import io.tickformer.cli.card.CommandText;
import io.tickformer.evaluation.backtest.EvaluatedSet;
import io.tickformer.inference.ForecastModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/** Writes backtests to the model card. */
final class BacktestCardWriter {
    private final CardFile file;
    private final String version;

    /**
     * Opens the card of a model.
     *
     * @throws io.tickformer.console.UserError if it is missing or belongs to another version
     */
    static BacktestCardWriter of(Path modelFile, ForecastModel model) throws IOException {
        CardFile file = CardFile.of(modelFile);
        file.requireOf(model.version());
        return new BacktestCardWriter(file, model.version());
    }

    private BacktestCardWriter(CardFile file, String version) {
        this.file = file;
        this.version = version;
    }

    Path path() {
        return file.path();
    }

    /**
     * Adds a backtest to the card. It replaces an earlier one of the same protocol, data, part and
     * horizon.
     *
     * @param data name of the history
     * @param remark a warning about the figures; may be empty
     * @param parsed the command that produced them
     */
    void put(BacktestSummary summary, String data, String remark, ParseResult parsed)
            throws IOException {
        boolean ltsf = summary.protocol() == Protocol.LTSF;
        EvaluatedSet part = summary.part();
        String partName = part.name().toLowerCase(Locale.ROOT);
        int horizon = summary.result().horizon();
        file.put(
                version,
                new BacktestSection(
                        "%s, %s, %s part, horizon %d"
                                .formatted(summary.protocol().label(), data, partName, horizon),
                        "%s, %s part, %s".formatted(data, partName, summary.protocol().label()),
                        remark,
                        CommandText.of(parsed, Set.of("--json", "--report"), Map.of()),
                        ltsf,
                        summary.plan(),
                        summary.result()));
    }
}
