package io.tickformer.cli.doctor;

import java.util.Locale;

/** How serious a finding is. */
enum Status {
    OK,
    /** The job runs, but it may not do what the user expects. */
    WARNING,
    /** The job does not start or does not forecast. */
    PROBLEM,
    /** There was nothing to check. */
    SKIPPED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
