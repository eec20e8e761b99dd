package io.tickformer.lab.drill;

/**
 * A reading as it is sent.
 *
 * @param sentMillis time of sending, which determines the order of reading
 * @param partition target partition
 * @param reading the reading
 */
record SentReading(long sentMillis, int partition, Reading reading) {

    /** A reading that is sent when it is taken. */
    static SentReading punctual(Reading reading) {
        return new SentReading(reading.time(), 0, reading);
    }

    /** The same reading, sent later or, if negative, earlier. */
    SentReading delayed(long millis) {
        return new SentReading(sentMillis + millis, partition, reading);
    }

    /** The same reading in another partition. */
    SentReading into(int other) {
        return new SentReading(sentMillis, other, reading);
    }
}
