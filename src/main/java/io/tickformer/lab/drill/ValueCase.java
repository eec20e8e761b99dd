package io.tickformer.lab.drill;

import java.util.List;

/**
 * A case in which values are faulty.
 *
 * @param name short name
 * @param what one sentence that describes the fault
 * @param fault applies the fault
 * @param expectations when forecasts are scored, in order of time
 */
record ValueCase(String name, String what, ValueFault fault, List<Expectation> expectations) {

    /** The end of the stream: the first tick that is not sent. */
    int end(DrillGrid grid) {
        int last = expectations.get(expectations.size() - 1).from();
        return grid.at() + last + grid.span();
    }
}
