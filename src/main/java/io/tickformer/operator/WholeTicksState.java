package io.tickformer.operator;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Operator state that holds {@link WholeTickFilter} in checkpoints. Every subtask writes it, and
 * each reads what all of them wrote.
 */
final class WholeTicksState {
    private final ListState<Long> state;
    private final WholeTickFilter ticks;

    private WholeTicksState(ListState<Long> state, WholeTickFilter ticks) {
        this.state = state;
        this.ticks = ticks;
    }

    /**
     * Returns what the settings say, or what the checkpoint says of the job's first start.
     *
     * @param restored whether the job continues from a checkpoint
     * @param now when this subtask starts
     */
    static WholeTicksState of(
            OperatorStateStore store, boolean restored, WholeTickFilter settings, long now)
            throws Exception {
        ListState<Long> state =
                store.getUnionListState(new ListStateDescriptor<>("whole-ticks", Types.LONG));
        WholeTickFilter ticks = restored ? WholeTickFilter.ALL : settings.startedAt(now);
        if (restored) {
            for (long kept : state.get()) {
                ticks = ticks.and(new WholeTickFilter(kept));
            }
        }
        return new WholeTicksState(state, ticks);
    }

    /** Writes the state of a checkpoint. */
    void snapshot() throws Exception {
        state.clear();
        state.add(ticks.partialBefore());
    }

    WholeTickFilter ticks() {
        return ticks;
    }
}
