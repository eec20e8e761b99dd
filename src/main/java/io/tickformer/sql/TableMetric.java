package io.tickformer.sql;

import io.tickformer.annotation.Internal;

/** The counters of a SQL function, in the metric group of its operator. */
@Internal
enum TableMetric {
    ROWS_WITHOUT_VALUE("rowsWithoutValue"),
    READINGS_TOO_LATE("readingsTooLate");

    private final String title;

    TableMetric(String title) {
        this.title = title;
    }

    /** Name of the counter. */
    String title() {
        return title;
    }
}
