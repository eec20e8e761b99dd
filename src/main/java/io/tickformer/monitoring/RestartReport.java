package io.tickformer.monitoring;

import java.util.ArrayList;
import java.util.List;

/** Tells of the restarts of a job: each in a line, and once more where they do not end. */
public final class RestartReport {
    /** So many in a row for one reason, without a forecast between them, do not mend themselves. */
    private static final int IN_A_ROW = 3;

    private String reason = "";
    private long forecasts;
    private int restarts;
    private int inARow;

    /**
     * What is to be said of a restart.
     *
     * @param failure why
     * @param forecastsSoFar issued by then
     */
    public List<String> restarted(Failure failure, long forecastsSoFar) {
        List<String> lines = new ArrayList<>();
        restarts++;
        boolean same = failure.reason().equals(reason);
        boolean idle = forecastsSoFar == forecasts;
        inARow = same && idle ? inARow + 1 : 1;
        reason = failure.reason();
        forecasts = forecastsSoFar;
        lines.add(
                "restart %d: %s"
                        .formatted(restarts, same ? "for the same reason" : failure.toString()));
        if (inARow == IN_A_ROW) {
            lines.add(
                    "attention: the job restarts again and again for one reason and issues no forecast"
                            + " between: "
                            + failure.advice().orElse(failure.reason()));
        }
        return lines;
    }

    /** How often so far. */
    public int restarts() {
        return restarts;
    }
}
