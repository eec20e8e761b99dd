package io.tickformer.cli.train;

import io.tickformer.console.Terminal;
import io.tickformer.training.TrainingListener;
import io.tickformer.training.TrainingProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows the progress of a training: a bar on a terminal, otherwise a line per validation. */
interface ProgressDisplay extends TrainingListener, AutoCloseable {
    /** The display that suits the output. */
    static ProgressDisplay choose(boolean terminal, int steps, PrintWriter err) {
        return terminal ? new Bar(steps) : new Lines(err);
    }

    @Override
    void close();

    /** A bar that redraws itself. */
    final class Bar implements ProgressDisplay {
        private final int steps;
        private ProgressBar bar;

        Bar(int steps) {
            this.steps = steps;
        }

        @Override
        public void onStep(TrainingProgress progress) {
            if (bar == null) {
                // Created at the first step, so that a resumed training estimates its time from
                // there.
                bar =
                        new ProgressBarBuilder()
                                .setTaskName("training")
                                .setInitialMax(steps)
                                .startsFrom(progress.step() - 1, Duration.ZERO)
                                .setStyle(ProgressBarStyle.ASCII)
                                .setUpdateIntervalMillis(250)
                                .setConsumer(Terminal.barConsumer())
                                .build();
            }
            bar.stepTo(progress.step());
            bar.setExtraMessage(
                    " %sloss %s, validation %s %s (best %s)"
                            .formatted(
                                    run(progress),
                                    loss(progress.loss()),
                                    progress.metric(),
                                    loss(progress.metric().of(progress.validation())),
                                    loss(progress.metric().of(progress.best()))));
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }

    /** A line per validation. */
    final class Lines implements ProgressDisplay {
        private final PrintWriter err;

        Lines(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void onStep(TrainingProgress progress) {
            if (progress.validated()) {
                long left = Math.round(progress.secondsLeft());
                err.printf(
                        Locale.ROOT,
                        "%sstep %d of %d: loss %s, validation %s %s (best %s), at most %d:%02d"
                                + " left%n",
                        run(progress),
                        progress.step(),
                        progress.steps(),
                        loss(progress.loss()),
                        progress.metric(),
                        loss(progress.metric().of(progress.validation())),
                        loss(progress.metric().of(progress.best())),
                        left / 60,
                        left % 60);
                err.flush();
            }
        }

        @Override
        public void close() {
            err.flush();
        }
    }

    /** Names the seed if there are several. */
    private static String run(TrainingProgress progress) {
        return progress.runs() == 1
                ? ""
                : "seed %d of %d, ".formatted(progress.run(), progress.runs());
    }

    private static String loss(double loss) {
        return Double.isFinite(loss) ? String.format(Locale.ROOT, "%.4f", loss) : "-";
    }
}
