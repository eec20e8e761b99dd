package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;

/** Reports the restarts of a job, one line each, and warns if they do not end. */
@Internal
public final class RestartReport {
    /**
     * This many restarts in a row for the same reason, without a forecast in between, are a
     * warning.
     */
    private static final int IN_A_ROW = 3;

    private String reason = "";
    private long forecasts;
    private int restarts;
    private int inARow;

    /**
     * Returns the lines about a restart.
     *
     * @param failure reason of the restart
     * @param forecastsSoFar forecasts issued so far
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
                    "attention: the job keeps restarting for the same reason and issues no"
                            + " forecasts: "
                            + failure.advice().orElse(failure.reason()));
        }
        return lines;
    }

    /** The number of restarts so far. */
    public int restarts() {
        return restarts;
    }
}
