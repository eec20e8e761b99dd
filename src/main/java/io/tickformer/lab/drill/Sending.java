package io.tickformer.lab.drill;

/**
 * A reading that is sent.
 *
 * @param sentMillis when: what is sent earlier is read earlier
 * @param partition into which
 * @param reading what
 */
record Sending(long sentMillis, int partition, Reading reading) {

    /** A reading that is sent when it is taken. */
    static Sending punctual(Reading reading) {
        return new Sending(reading.time(), 0, reading);
    }

    /** The same, later or, if negative, earlier. */
    Sending delayed(long millis) {
        return new Sending(sentMillis + millis, partition, reading);
    }

    /** The same, into another partition. */
    Sending into(int other) {
        return new Sending(sentMillis, other, reading);
    }
}
