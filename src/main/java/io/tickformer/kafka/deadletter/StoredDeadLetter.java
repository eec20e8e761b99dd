package io.tickformer.kafka.deadletter;

import java.util.Objects;

/**
 * A dead letter as its topic holds it.
 *
 * @param partition of the topic of dead letters
 * @param offset there
 * @param writtenMillis when it was written there, in milliseconds since the epoch
 * @param letter the letter
 * @param cut how much there was of it, where it was too large to be written whole; null where it is
 *     whole
 * @param replays how often its record had been put back before it failed again
 * @param putBack whether this letter itself has been put back since
 */
public record StoredDeadLetter(
        int partition,
        long offset,
        long writtenMillis,
        DeadLetter letter,
        String cut,
        int replays,
        boolean putBack) {

    public StoredDeadLetter {
        Objects.requireNonNull(letter, "letter");
    }

    /** The same letter, put back or not. */
    public StoredDeadLetter withPutBack(boolean now) {
        return new StoredDeadLetter(partition, offset, writtenMillis, letter, cut, replays, now);
    }

    /** Whether nothing of the record was cut. */
    public boolean whole() {
        return cut == null;
    }
}
