package io.tickformer.cli.doctor;

import java.util.Locale;

/** What the doctor looks at, in its order. {@code docs/doctor.md} explains each of them. */
enum Subject {
    SETTINGS,
    JAVA,
    MEMORY,
    TEMPORARY_FOLDER,
    MODEL,
    FORECAST,
    GPU,
    BROKERS,
    REGISTRY,
    SCHEMAS,
    INPUT_TOPICS,
    OUTPUT_TOPICS,
    TRANSACTIONS,
    RECORDS,
    SERIES,
    EVENT_TIMES,
    TICKS,
    LATE_READINGS,
    CLUSTER,
    LIBRARIES,
    CHECKPOINTS,
    SAVEPOINT;

    /** Its name in the output, such as {@code input-topics}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
