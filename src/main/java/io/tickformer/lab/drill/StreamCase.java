package io.tickformer.lab.drill;

/**
 * A fault of the stream.
 *
 * @param name short
 * @param what one sentence: what happens
 * @param series how many there are
 * @param readings of a series in a tick
 * @param fault sends them
 */
record StreamCase(String name, String what, int series, int readings, StreamFault fault) {}
