package io.tickformer.operator;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Operator state that holds {@link PartlyReadTickFilter} in checkpoints. Every subtask writes it,
 * and each reads what all of them wrote.
 */
final class PartlyReadTickState {
    private final ListState<Long> state;
    private final PartlyReadTickFilter ticks;

    private PartlyReadTickState(ListState<Long> state, PartlyReadTickFilter ticks) {
        this.state = state;
        this.ticks = ticks;
    }

    /**
     * Returns what the settings say, or what the checkpoint says of the job's first start.
     *
     * @param restored whether the job continues from a checkpoint
     * @param now when this subtask starts
     */
    static PartlyReadTickState of(
            OperatorStateStore store, boolean restored, PartlyReadTickFilter settings, long now)
            throws Exception {
        ListState<Long> state =
                store.getUnionListState(new ListStateDescriptor<>("whole-ticks", Types.LONG));
        PartlyReadTickFilter ticks = restored ? PartlyReadTickFilter.ALL : settings.startedAt(now);
        if (restored) {
            for (long kept : state.get()) {
                ticks = ticks.and(new PartlyReadTickFilter(kept));
            }
        }
        return new PartlyReadTickState(state, ticks);
    }

    /** Writes the state of a checkpoint. */
    void snapshot() throws Exception {
        state.clear();
        state.add(ticks.partialBefore());
    }

    PartlyReadTickFilter ticks() {
        return ticks;
    }
}
