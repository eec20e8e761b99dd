package io.tickformer.training;

import java.util.ArrayList;
import java.util.List;

/** Chooses the validation windows: unchanged, evenly spaced, and always the same. */
final class ValidationWindows {
    private ValidationWindows() {}

    /**
     * Chooses windows whose targets lie after the cut. They end between the tick before the cut and
     * one horizon before the end of the series, or later if the series is short.
     *
     * @param most maximum number of windows of all series
     * @throws TrainingException if no series reaches beyond the cut
     */
    static List<WindowPosition> choose(TrainingData data, int most) {
        int horizon = data.spec().horizon();
        List<Integer> reaching = reaching(data);
        int each = Math.max(1, most / Math.max(1, reaching.size()));
        // With more series than windows, only every so many-th series is used.
        int stride = Math.max(1, (reaching.size() + most - 1) / most);
        List<WindowPosition> windows = new ArrayList<>();
        for (int k = 0; k < reaching.size(); k += stride) {
            int i = reaching.get(k);
            TrainingSeries ticks = data.series().get(i);
            long first = Math.max(ticks.firstTick(), data.cut() - 1);
            long last =
                    Math.max(ticks.endTick() - 1 - horizon, Math.min(first, ticks.endTick() - 2));
            long count = Math.min(each, last - first + 1);
            for (long n = 0; n < count; n++) {
                long end = count == 1 ? first : first + n * (last - first) / (count - 1);
                if (!ticks.contextAt(end).isEmpty()) {
                    windows.add(WindowPosition.undisturbed(i, end));
                }
            }
        }
        if (windows.isEmpty()) {
            throw new TrainingException(
                    "no series reaches into the validation set; expected a"
                            + " larger validation share, or series that end at about the same time");
        }
        return List.copyOf(windows);
    }

    /** The series with a tick after the cut and one before it. */
    private static List<Integer> reaching(TrainingData data) {
        List<Integer> reaching = new ArrayList<>();
        for (int i = 0; i < data.series().size(); i++) {
            TrainingSeries ticks = data.series().get(i);
            if (ticks.endTick() - 2 >= Math.max(ticks.firstTick(), data.cut() - 1)) {
                reaching.add(i);
            }
        }
        return reaching;
    }
}
