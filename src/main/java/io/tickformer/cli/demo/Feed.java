package io.tickformer.cli.demo;

import java.io.IOException;
import java.util.List;

/** The deliveries that the demo sends to the input topic, tick by tick. */
interface Feed extends AutoCloseable {
    /** Length of a tick in milliseconds. */
    long tickMillis();

    /** Start of the tick that {@link #next()} delivers first, in milliseconds since the epoch. */
    long startMillis();

    /** The series keys, in a fixed order. */
    List<String> series();

    /** Whether there is another tick. */
    boolean hasNext();

    /** The deliveries that arrive during the next tick, in order of arrival; may be empty. */
    List<SimulatedRecord> next();

    @Override
    default void close() throws IOException {}
}
