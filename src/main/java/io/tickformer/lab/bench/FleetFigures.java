package io.tickformer.lab.bench;

import java.util.List;

/**
 * What came of a fleet.
 *
 * @param series number of series
 * @param backend where their contexts were
 * @param contextLength T
 * @param forecasts that were measured
 * @param micros microseconds a forecast, of all subtasks together
 * @param cpuMicros processor time of the job for a forecast
 * @param contextBytes of a full context in the state's binary form
 * @param checkpointBytes of a checkpoint, for each series
 * @param checkpointSeconds that it took
 * @param begin resident memory when a tenth of what is measured had passed, in MiB
 * @param middle half way through what was measured
 * @param end after the checkpoint
 * @param growth the most that was resident at any time since the begin, beyond what was then
 * @param heap what the heap holds at the end, garbage collected
 */
record FleetFigures(
        int series,
        String backend,
        int contextLength,
        long forecasts,
        double micros,
        double cpuMicros,
        long contextBytes,
        double checkpointBytes,
        double checkpointSeconds,
        double begin,
        double middle,
        double end,
        double growth,
        double heap) {
    /** The columns of a report. */
    static final List<Column> COLUMNS =
            List.of(
                    Column.of("case", "case"),
                    Column.of("series", "series"),
                    Column.of("stateBackend", "state"),
                    Column.of("contextLength", "T"),
                    Column.of("forecasts", "forecasts"),
                    new Column("microsPerForecast", "µs/forecast", 1),
                    new Column("cpuMicrosPerForecast", "CPU, µs", 1),
                    Column.of("contextBytes", "context, bytes"),
                    Column.of("checkpointBytesPerSeries", "checkpoint, bytes/series"),
                    new Column("checkpointSeconds", "s", 1),
                    Column.of("residentMemoryMiBBegin", "resident, MiB: begin"),
                    Column.of("residentMemoryMiBMiddle", "middle"),
                    Column.of("residentMemoryMiBEnd", "end"),
                    Column.of("residentMemoryMiBGrowth", "growth"),
                    Column.of("heapMiB", "heap, MiB"));

    /** The values of those columns. */
    Object[] values() {
        return new Object[] {
            "job",
            series,
            backend,
            contextLength,
            forecasts,
            micros,
            cpuMicros,
            contextBytes,
            checkpointBytes,
            checkpointSeconds,
            begin,
            middle,
            end,
            growth,
            heap
        };
    }
}
