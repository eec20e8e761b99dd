package io.tickformer.cli.demo;

import java.io.IOException;
import java.util.List;

/** What a demo sends to the input topic, tick after tick. */
interface Feed extends AutoCloseable {
    /** Length of a tick in milliseconds. */
    long tickMillis();

    /** Start of the tick that {@link #next()} delivers first, in milliseconds since the epoch. */
    long startMillis();

    /** The series keys, in a fixed order. */
    List<String> series();

    /** Whether there is another tick. */
    boolean hasNext();

    /** What arrives in the course of the next tick, in order of arrival; may be empty. */
    List<Delivery> next();

    @Override
    default void close() throws IOException {}
}
