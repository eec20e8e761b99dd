package io.tickformer.history;

import io.tickformer.annotation.Internal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a history is split in time into a training, a validation and a test set.
 *
 * <p>The splits of the long-horizon protocol (Zhou et al. 2021, Informer; Wu et al. 2021,
 * Autoformer, and all later tables) are {@link #ETT} for the electricity transformer data and
 * {@link #SEVEN_ONE_TWO} for all other data: {@link #ltsf}.
 */
@Internal
public sealed interface Split {
    /** 12, 4 and 4 months of 30 days; the rest is not used. */
    Split ETT = new Months(12, 4, 4);

    /** Seven, one and two tenths. */
    Split SEVEN_ONE_TWO = new Shares(7, 1, 2);

    /**
     * The borders in a history.
     *
     * @throws HistoryException if the history is too short for the split
     */
    SplitBorders borders(History history, long tickMillis);

    /** The split of the long-horizon protocol; files named ETT... have a split of their own. */
    static Split ltsf(Path file) {
        Path name = file.getFileName();
        boolean ett = name != null && name.toString().toUpperCase(Locale.ROOT).startsWith("ETT");
        return ett ? ETT : SEVEN_ONE_TWO;
    }

    /**
     * Parses {@code ltsf}, {@code ett}, shares such as {@code 7:1:2}, or lengths in ticks such as
     * {@code 8640,2880,2880}.
     *
     * @param file the file of the history, whose name determines the split of {@code ltsf}
     * @throws HistoryException if the text has none of these forms
     */
    static Split parse(String text, Path file) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.equals("ltsf")) {
            return ltsf(file);
        }
        if (name.equals("ett")) {
            return ETT;
        }
        Matcher parts = Pattern.compile("(\\d{1,12})([:,])(\\d{1,12})\\2(\\d{1,12})").matcher(name);
        if (!parts.matches()) {
            throw new HistoryException(
                    ("the split is %s; expected ltsf, ett, shares of train:validation:test such as"
                                    + " 7:1:2, or numbers of ticks such as 8640,2880,2880")
                            .formatted(text));
        }
        long train = Long.parseLong(parts.group(1));
        long validation = Long.parseLong(parts.group(3));
        long test = Long.parseLong(parts.group(4));
        return parts.group(2).equals(":")
                ? new Shares(train, validation, test)
                : new Lengths(train, validation, test);
    }

    /**
     * Months of 30 days, counted from the first event time.
     *
     * @param train months of the training set
     * @param validation months of the validation set
     * @param test months of the test set
     */
    record Months(int train, int validation, int test) implements Split {
        private static final long MONTH_MILLIS = 30 * 86_400_000L;

        @Override
        public SplitBorders borders(History history, long tickMillis) {
            long month = MONTH_MILLIS / tickMillis;
            if (month < 1) {
                throw new HistoryException(
                        "a tick is %d ms; a split by months needs ticks of at most 30 days"
                                .formatted(tickMillis));
            }
            return new Lengths(train * month, validation * month, test * month)
                    .borders(history, tickMillis);
        }

        @Override
        public String toString() {
            return "%d, %d and %d months of 30 days".formatted(train, validation, test);
        }
    }

    /**
     * Shares of the ticks from the first event time to the last. Training and test set are rounded
     * down, as is customary; the validation set gets the rest.
     *
     * @param train share of the training set, in proportion to the others
     * @param validation share of the validation set
     * @param test share of the test set
     */
    record Shares(long train, long validation, long test) implements Split {
        public Shares {
            requireTrain(train, "%d:%d:%d".formatted(train, validation, test));
        }

        @Override
        public SplitBorders borders(History history, long tickMillis) {
            TickSpan span = TickSpan.of(history, tickMillis);
            double sum = (double) train + validation + test;
            long trainTicks = share(train / sum, span.ticks());
            long testTicks = share(test / sum, span.ticks());
            long validationTicks = validation == 0 ? 0 : span.ticks() - trainTicks - testTicks;
            return new Lengths(trainTicks, validationTicks, testTicks).borders(history, tickMillis);
        }

        private static long share(double share, long ticks) {
            // A floating-point share of 0.7 is slightly less than seven tenths; that must not lose
            // a tick.
            return (long) Math.floor(share * ticks + 1e-6);
        }

        @Override
        public String toString() {
            return "%d:%d:%d".formatted(train, validation, test);
        }
    }

    /**
     * Numbers of ticks from the first event time on.
     *
     * @param train ticks of the training set, at least 1
     * @param validation ticks of the validation set
     * @param test ticks of the test set
     */
    record Lengths(long train, long validation, long test) implements Split {
        public Lengths {
            requireTrain(train, "%d,%d,%d".formatted(train, validation, test));
        }

        @Override
        public SplitBorders borders(History history, long tickMillis) {
            TickSpan span = TickSpan.of(history, tickMillis);
            if (span.ticks() < train + validation + test) {
                throw new HistoryException(
                        ("%s: %d ticks of %d ms; expected at least %d for %s; give more rows or"
                                        + " another split (--split)")
                                .formatted(
                                        history.source(),
                                        span.ticks(),
                                        tickMillis,
                                        train + validation + test,
                                        this));
            }
            long trainEnd = span.first() + train;
            return new SplitBorders(
                    span.first(), trainEnd, trainEnd + validation, trainEnd + validation + test);
        }

        @Override
        public String toString() {
            return "%d, %d and %d ticks".formatted(train, validation, test);
        }
    }

    private static void requireTrain(long train, String given) {
        if (train < 1) {
            throw new HistoryException(
                    "the split is %s; expected a training set that is not empty".formatted(given));
        }
    }
}
