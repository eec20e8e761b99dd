package io.tickformer.operator;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Operator state that holds {@link ForecastTickFilter} in checkpoints. Every subtask writes the
 * time, and each reads what all of them wrote, so that it survives a change of parallelism. The
 * first subtask also writes the newest forecasts of an earlier start, until the job has read past
 * them: so a savepoint taken before that still contains them.
 */
final class ForecastTickFilterState {
    private final ListState<Long> times;
    private final ListState<long[]> done;
    private final ForecastTickFilter from;
    private final boolean isWriter;

    private ForecastTickFilterState(
            ListState<Long> times,
            ListState<long[]> done,
            ForecastTickFilter from,
            boolean isWriter) {
        this.times = times;
        this.done = done;
        this.from = from;
        this.isWriter = isWriter;
    }

    /**
     * Returns what the settings say, or what the checkpoint says of the job's first start.
     *
     * @param restored whether the job continues from a checkpoint; one without a time was taken by
     *     a job that forecast every tick
     * @param subtask index of this subtask
     */
    static ForecastTickFilterState of(
            OperatorStateStore store, boolean restored, ForecastTickFilter settings, int subtask)
            throws Exception {
        ListState<Long> times =
                store.getUnionListState(new ListStateDescriptor<>("forecast-from", Types.LONG));
        ListState<long[]> done =
                store.getUnionListState(
                        new ListStateDescriptor<>(
                                "forecast-before",
                                PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        ForecastTickFilter from = restored ? restored(times, done, settings) : settings;
        return new ForecastTickFilterState(times, done, from, subtask == 0);
    }

    private static ForecastTickFilter restored(
            ListState<Long> times, ListState<long[]> done, ForecastTickFilter settings)
            throws Exception {
        NewestForecastTicks ticks = settings.done();
        if (ticks.equals(NewestForecastTicks.NONE)) {
            for (long[] kept : done.get()) {
                ticks = NewestForecastTicks.fromLongs(kept);
            }
        }
        return new ForecastTickFilter(
                settings.isStart() ? earliest(times) : settings.epochMillis(),
                settings.isStart(),
                ticks);
    }

    private static long earliest(ListState<Long> times) throws Exception {
        long earliest = Long.MAX_VALUE;
        for (long kept : times.get()) {
            earliest = Math.min(earliest, kept);
        }
        return earliest == Long.MAX_VALUE ? Long.MIN_VALUE : earliest;
    }

    /**
     * Writes the state of a checkpoint.
     *
     * @param watermark the current watermark
     * @param tickMillis length of a tick
     */
    void snapshot(long watermark, long tickMillis) throws Exception {
        times.clear();
        times.add(from.epochMillis());
        done.clear();
        if (isWriter && !from.done().isPast(watermark, tickMillis)) {
            done.add(from.done().toLongs());
        }
    }

    ForecastTickFilter from() {
        return from;
    }
}
