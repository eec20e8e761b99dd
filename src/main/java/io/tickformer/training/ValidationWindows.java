package io.tickformer.training;

import io.tickformer.history.TickSeries;
import java.util.ArrayList;
import java.util.List;

/** The windows a model is validated on: undisturbed, evenly spaced, the same every time. */
final class ValidationWindows {
    private ValidationWindows() {}

    /**
     * Chooses windows whose targets lie beyond the cut: ends from the tick before the cut up to a
     * horizon before the end of the series, or fewer steps where the series is short.
     *
     * @param most windows over all series
     * @throws TrainingException if no series reaches beyond the cut
     */
    static List<Window> choose(TrainingData data, int most) {
        int horizon = data.spec().horizon();
        int seriesCount = data.series().size();
        int each = Math.max(1, most / seriesCount);
        // Of more series than windows, one in so many takes part.
        int stride = Math.max(1, (seriesCount + most - 1) / most);
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < seriesCount; i += stride) {
            TickSeries ticks = data.series().get(i).ticks();
            long first = Math.max(ticks.firstTick(), data.cut() - 1);
            long last =
                    Math.max(ticks.endTick() - 1 - horizon, Math.min(first, ticks.endTick() - 2));
            if (last < first) {
                continue;
            }
            long count = Math.min(each, last - first + 1);
            for (long k = 0; k < count; k++) {
                long end = count == 1 ? first : first + k * (last - first) / (count - 1);
                if (!data.series().get(i).contextAt(end).isEmpty()) {
                    windows.add(Window.undisturbed(i, end));
                }
            }
        }
        if (windows.isEmpty()) {
            throw new TrainingException(
                    "no series reaches into the part of the history that validates; expected a"
                            + " larger validation share, or series that end at about the same time");
        }
        return List.copyOf(windows);
    }
}
