package io.tickformer.sql;

/** How forecasts become rows. */
enum OutputForm {
    /** A row for each forecast step. */
    STEPS,
    /** A row for each forecast, with arrays of its steps. */
    ARRAYS
}
