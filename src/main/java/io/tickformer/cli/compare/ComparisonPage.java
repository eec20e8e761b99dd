package io.tickformer.cli.compare;

import io.tickformer.history.Borders;
import io.tickformer.spec.LibraryVersion;
import io.tickformer.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The table of a comparison in Markdown, and the page around it. */
record ComparisonPage(Comparison comparison, Path data, String split, List<ComparisonRow> rows) {

    /** The table alone. */
    String table() {
        StringBuilder table =
                new StringBuilder(
                        """
                        | architecture | context, ticks | parameters | training, s | best step | µs a forecast, alone | in micro-batches of %d | the same, tick by tick | MSE | MAE |
                        |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
                        """
                                .formatted(Comparison.MICRO_BATCH));
        for (ComparisonRow row : rows) {
            table.append(line(row)).append('\n');
        }
        return table.toString();
    }

    private static String line(ComparisonRow row) {
        ComparisonRow.Model model = row.model();
        String trained =
                model == null
                        ? "– | – | – | – | – | – | –"
                        : String.format(
                                Locale.ROOT,
                                "%d | %,d | %.0f | %d of %d | %,.0f | %,.0f | %s",
                                model.contextLength(),
                                model.parameters(),
                                model.seconds(),
                                model.bestStep(),
                                model.steps(),
                                model.single().micros(),
                                model.many().micros(),
                                model.incremental()
                                        .map(
                                                cost ->
                                                        String.format(
                                                                Locale.ROOT,
                                                                "%,.0f",
                                                                cost.micros()))
                                        .orElse("–"));
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.3f | %.3f |",
                row.name(),
                trained,
                row.mse(),
                row.mae());
    }

    /** The page. */
    String text() {
        Borders borders = comparison.borders();
        TrainingSettings settings = comparison.settings();
        return """
        # The architectures, side by side

        Written by one command, which trains them all anew (about as long as the column of training
        times adds up to, and the time to forecast the test part):

        ```sh
        ./tickformer compare --data %s --split %s --horizon %d --steps %d --batch %d --seed %d --output docs/architectures.md
        ```

        %s
        **Data.** `%s`, %d series, ticks of %d s; %d ticks to train on, %d to validate on, %d to test
        on. MSE and MAE are those of the median by the long-horizon protocol: every window of the test
        part, stride 1, none dropped, all %d steps, values z-scored by the training part.

        **Recipe.** One trainer and one seed (%d) for all: at most %d steps of %d windows (of %d for
        the linear maps, whose windows hold one forecast to learn from instead of one for each token),
        AdamW with a cosine schedule, the pinball loss of the quantiles at every token; the weights that
        validate best by %s. Sizes are the presets' of `tickformer train --preset NAME`; what the recipe
        leaves to choose was chosen for `streaming`, on validation parts, and nothing on a test part.
        The same seed gives the same errors; times are those of the machine that wrote the page, one
        thread, and compare within the table.

        **What they are.** `streaming`: a transformer over patches with banded attention, with the path
        around it that adds what past seasons held, and without; `vanilla`: one token a tick and full
        attention (Vaswani et al. 2017), without such a path, as are all that follow; `cnn`: dilated
        causal convolutions over
        patches; `lstm` and `lstm-attention`: long short-term memory over patches, read from its last
        hidden state or from a weighted combination of all; `linear`, `nlinear`, `dlinear`: linear maps
        of the context (Zeng et al. 2023), as it is, less its last value, or split into trend and
        remainder. All are normalised causally, answer with quantiles and run in the job, `streaming`
        tick by tick from a cache and the others over their whole context.
        A forecast's cost covers the context's encoding, the model and the way back to the series' unit.
        `tickformer explain` draws how far back each of them really looks.

        Made with Tickformer %s.
        """
                .formatted(
                        data.getFileName(),
                        split,
                        comparison.horizon(),
                        settings.steps(),
                        settings.batch(),
                        settings.seed(),
                        table(),
                        data.getFileName(),
                        comparison.whole().summaries().size(),
                        comparison.ticks().tickMillis() / 1000,
                        borders.trainTicks(),
                        borders.validationTicks(),
                        borders.testTicks(),
                        comparison.horizon(),
                        settings.seed(),
                        settings.steps(),
                        settings.batch(),
                        Comparison.LINEAR_BATCHES * settings.batch(),
                        settings.validation().metric(),
                        LibraryVersion.current());
    }
}
