package io.tickformer.kafka.deadletter;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import java.util.Objects;

/**
 * A dead letter in the dead-letter topic.
 *
 * @param partition partition of the dead-letter topic
 * @param offset offset in the dead-letter topic
 * @param writtenMillis time of writing, in milliseconds since the epoch
 * @param letter the letter
 * @param cut the original sizes if the letter was truncated; null if it was not
 * @param replays how often the record had been replayed before it failed again
 * @param putBack whether this letter has been replayed since
 */
@Internal
public record StoredDeadLetter(
        int partition,
        long offset,
        long writtenMillis,
        DeadLetter letter,
        @Nullable String cut,
        int replays,
        boolean putBack) {

    public StoredDeadLetter {
        Objects.requireNonNull(letter, "letter");
    }

    /** A copy that is replayed or not. */
    public StoredDeadLetter withPutBack(boolean now) {
        return new StoredDeadLetter(partition, offset, writtenMillis, letter, cut, replays, now);
    }

    /** Returns whether the record was not truncated. */
    public boolean whole() {
        return cut == null;
    }
}
