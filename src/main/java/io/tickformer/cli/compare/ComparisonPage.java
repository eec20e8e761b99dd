package io.tickformer.cli.compare;

import io.tickformer.history.SplitBorders;
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
                        | architecture | context, ticks | parameters | training, s | best step | µs a forecast, alone | in micro-batches of %d | the same, incremental | MSE | MAE |
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
        SplitBorders borders = comparison.borders();
        TrainingSettings settings = comparison.settings();
        return """
        # The architectures, side by side

        One command writes this page. It trains all architectures, so it takes about the sum of the
        training times plus the time to forecast the test set:

        ```sh
        ./tickformer compare --data %s --split %s --horizon %d --steps %d --batch %d --seed %d --output docs/architectures.md
        ```

        %s
        **Data.** `%s`, %d series, ticks of %d s; %d ticks in the training set, %d in the validation set,
        %d in the test set. MSE and MAE are errors of the median by the long-horizon protocol: every window of
        the test set, stride 1, none dropped, all %d steps, values z-scored by the training set.

        **Training.** All architectures share the trainer and the seed (%d): at most %d steps of %d windows
        (%d for the linear maps, whose windows hold one training forecast instead of one per token), AdamW
        with a cosine schedule, and the pinball loss of the quantiles at every token. The weights with the
        best validation %s are kept. Sizes are those of `tickformer train --preset NAME`. Other
        settings were chosen for `streaming` on validation sets, and nothing on a test set. The same
        seed gives the same errors. Times are for one thread of the machine that wrote the page; compare them
        only within the table.

        **Architectures.** `streaming`: a transformer over patches with banded attention, with a seasonal
        path that adds values of past seasons, and without it. The others have no seasonal path. `vanilla`:
        one token per tick and full attention (Vaswani et al. 2017). `cnn`: dilated causal convolutions over
        patches. `lstm` and `lstm-attention`: long short-term memory over patches, read from its last
        hidden state or from a weighted combination of all. `linear`, `nlinear`, `dlinear`: linear maps
        of the context (Zeng et al. 2023), as it is, minus its last value, or split into trend and
        remainder. All are normalised causally, forecast quantiles and run in the job: `streaming`
        incrementally with a cache, the others with full recomputation of the context. The cost of a
        forecast covers encoding, the model and denormalisation. `tickformer explain` shows how far back
        each of them looks.

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
