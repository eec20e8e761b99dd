package io.tickformer.cli.doctor;

import java.time.Duration;
import java.util.List;

/** A check. It adds at least one finding about each of its subjects. */
interface Check {
    /** What it looks at, in order. */
    List<Subject> subjects();

    /**
     * How long it may take in all.
     *
     * @param timeout how long one request may take
     */
    default Duration limit(Duration timeout) {
        return timeout.multipliedBy(12);
    }

    /**
     * Looks.
     *
     * @param examination what is given, and what earlier checks found out
     * @param findings receives the findings
     * @throws Exception for an unexpected failure, which becomes a finding too
     */
    void run(Examination examination, Findings findings) throws Exception;
}
