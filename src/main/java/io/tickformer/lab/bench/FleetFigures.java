package io.tickformer.lab.bench;

import java.util.List;

/**
 * Results of a fleet.
 *
 * @param series number of series
 * @param backend state backend of the contexts
 * @param contextLength T
 * @param forecasts number of measured forecasts
 * @param micros microseconds per forecast over all subtasks together
 * @param cpuMicros processor time of the job per forecast
 * @param contextBytes size of a full context in the state
 * @param checkpointBytes size of a checkpoint per series
 * @param checkpointSeconds duration of the checkpoint
 * @param begin resident memory in MiB after a tenth of the measurement
 * @param middle resident memory half way through the measurement
 * @param end resident memory after the checkpoint
 * @param growth maximum resident memory since the begin, minus that at the begin
 * @param heap used heap at the end after a garbage collection
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

    /** The values of these columns. */
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
