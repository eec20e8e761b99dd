package io.tickformer.flow;

import io.tickformer.annotation.Public;
import java.io.Serializable;
import java.time.Duration;

/**
 * The limit on the number of series that have state at a time.
 *
 * @param limit limit of all subtasks together; 0 for none
 * @param held the longest time that the operators after it keep the state of a series, counted from
 *     the end of its last tick with an observation
 */
@Public
public record SeriesLimit(int limit, Duration held) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * @throws IllegalArgumentException if one of them is negative
     */
    public SeriesLimit {
        if (limit < 0 || held.isNegative()) {
            throw new IllegalArgumentException(
                    "limit is %d and held %s; expected zero or more".formatted(limit, held));
        }
    }

    boolean isNone() {
        return limit == 0;
    }

    /**
     * The share of a subtask, by the key groups it owns; all shares together are the limit. At
     * least one, as no subtask may refuse everything.
     *
     * @param first key group
     * @param last key group
     * @param groups key groups of the job
     */
    long share(int first, int last, int groups) {
        return Math.max(1, upTo(last + 1, groups) - upTo(first, groups));
    }

    private long upTo(int group, int groups) {
        return (long) limit * group / groups;
    }
}
