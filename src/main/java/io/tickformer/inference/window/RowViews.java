package io.tickformer.inference.window;

import io.tickformer.inference.runtime.HostTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named tensors as a run of some of their rows sees them. Views of the first rows are kept, since
 * the same few sizes of a micro-batch come again and again and a view costs native calls.
 *
 * <p>Closing releases the views; the tensors stay their owner's.
 */
public final class RowViews implements AutoCloseable {
    private final Map<String, HostTensor> rows;
    private final Map<String, HostTensor> whole;

    /** Views of the first n rows at place n; null where none was asked for yet. */
    private final View[] kept;

    /** The tensors of one run. */
    public record View(Map<String, HostTensor> tensors, boolean isKept, Map<String, HostTensor> own)
            implements AutoCloseable {
        /** Releases it, unless it is kept for the next run of as many rows. */
        @Override
        public void close() {
            if (!isKept) {
                release();
            }
        }

        private void release() {
            own.values().forEach(HostTensor::close);
        }
    }

    /**
     * @param rows tensors with a row for each series
     * @param whole tensors that every run sees whole
     * @param most rows of each
     */
    public RowViews(Map<String, HostTensor> rows, Map<String, HostTensor> whole, int most) {
        this.rows = rows;
        this.whole = whole;
        this.kept = new View[most + 1];
    }

    /** Rows {@code from} to {@code from + count}; to be closed after the run. */
    public View of(int from, int count) {
        if (from > 0) {
            return view(from, count, false);
        }
        if (kept[count] == null) {
            kept[count] = view(0, count, true);
        }
        return kept[count];
    }

    private View view(int from, int count, boolean isKept) {
        Map<String, HostTensor> own = new LinkedHashMap<>();
        rows.forEach((name, tensor) -> own.put(name, tensor.rows(from, count)));
        Map<String, HostTensor> all = new LinkedHashMap<>(own);
        all.putAll(whole);
        return new View(all, isKept, own);
    }

    @Override
    public void close() {
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] != null) {
                kept[i].release();
                kept[i] = null;
            }
        }
    }
}
