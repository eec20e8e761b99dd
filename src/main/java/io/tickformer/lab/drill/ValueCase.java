package io.tickformer.lab.drill;

import java.util.List;

/**
 * A fault of values.
 *
 * @param name short
 * @param what one sentence: what happens
 * @param fault does it
 * @param judgements when forecasts are judged, in order of time
 */
record ValueCase(String name, String what, ValueFault fault, List<Judgement> judgements) {

    /** The first tick that is not judged any more, and not sent. */
    int end(DrillGrid grid) {
        int last = judgements.get(judgements.size() - 1).from();
        return grid.at() + last + grid.span();
    }
}
