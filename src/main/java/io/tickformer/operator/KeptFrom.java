package io.tickformer.operator;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Which ticks are forecast, kept in checkpoints: every subtask writes it, and each reads what all
 * of them wrote, so that it survives any change of parallelism.
 */
final class KeptFrom {
    private final ListState<Long> state;
    private final ForecastFrom from;

    private KeptFrom(ListState<Long> state, ForecastFrom from) {
        this.state = state;
        this.from = from;
    }

    /**
     * What the settings say, or what start meant when the job began.
     *
     * @param restored whether the job goes on from a checkpoint; one that holds no time was taken
     *     by a job that forecast every tick
     */
    static KeptFrom of(OperatorStateStore store, boolean restored, ForecastFrom settings)
            throws Exception {
        ListState<Long> state =
                store.getUnionListState(new ListStateDescriptor<>("forecast-from", Types.LONG));
        if (!restored || !settings.isStart()) {
            return new KeptFrom(state, settings);
        }
        long earliest = Long.MAX_VALUE;
        for (long kept : state.get()) {
            earliest = Math.min(earliest, kept);
        }
        return new KeptFrom(
                state,
                earliest == Long.MAX_VALUE
                        ? ForecastFrom.EARLIEST
                        : new ForecastFrom(earliest, true));
    }

    /** Writes it to the checkpoint that is being taken. */
    void snapshot() throws Exception {
        state.clear();
        state.add(from.epochMillis());
    }

    ForecastFrom from() {
        return from;
    }
}
