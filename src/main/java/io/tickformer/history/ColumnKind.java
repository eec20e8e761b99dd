package io.tickformer.history;

/** What the cells of a column of a table are. */
enum ColumnKind {
    NUMBER,
    TEXT,
    /** Missing throughout. */
    EMPTY,
    /** Event times, truth values and whatever else is neither a key nor a value. */
    OTHER
}
