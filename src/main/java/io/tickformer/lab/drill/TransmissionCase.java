package io.tickformer.lab.drill;

/**
 * A case in which the transmission is faulty.
 *
 * @param name short name
 * @param what one sentence that describes the fault
 * @param series number of series
 * @param readings number of readings of a series in a tick
 * @param fault applies the fault
 */
record TransmissionCase(
        String name, String what, int series, int readings, TransmissionFault fault) {}
