package io.tickformer.history;

/** Kinds of columns by the content of their cells. */
enum ColumnKind {
    NUMBER,
    TEXT,
    /** All cells are missing. */
    EMPTY,
    /** Event times, booleans and anything else that is neither a key nor a value. */
    OTHER
}
