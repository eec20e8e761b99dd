package io.tickformer.lab.drill;

/**
 * A reading as it is sent.
 *
 * @param sentMillis time of sending, which determines the order of reading
 * @param partition target partition
 * @param reading the reading
 */
record Sending(long sentMillis, int partition, Reading reading) {

    /** A reading that is sent when it is taken. */
    static Sending punctual(Reading reading) {
        return new Sending(reading.time(), 0, reading);
    }

    /** The same reading, sent later or, if negative, earlier. */
    Sending delayed(long millis) {
        return new Sending(sentMillis + millis, partition, reading);
    }

    /** The same reading in another partition. */
    Sending into(int other) {
        return new Sending(sentMillis, other, reading);
    }
}
