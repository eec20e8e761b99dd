package io.tickformer.inference.window;

import io.tickformer.annotation.Internal;
import io.tickformer.inference.runtime.HostTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slices of some rows of named tensors, as inputs or outputs of a run. Slices of the first rows are
 * kept for the next run, because the same few micro-batch sizes recur and a slice costs native
 * calls.
 *
 * <p>Closing releases the slices, not the tensors.
 */
@Internal
public final class TensorSlices implements AutoCloseable {
    private final Map<String, HostTensor> rows;
    private final Map<String, HostTensor> whole;

    /** The slice of the first n rows at index n; null until it is asked for. */
    private final Slice[] kept;

    /** The tensors of one run. */
    public record Slice(
            Map<String, HostTensor> tensors, boolean isKept, Map<String, HostTensor> own)
            implements AutoCloseable {
        /** Releases the slice, unless it is kept for the next run of as many rows. */
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
     * @param rows tensors with one row per series, to be sliced
     * @param whole tensors that every run gets whole
     * @param most the number of rows of each
     */
    public TensorSlices(Map<String, HostTensor> rows, Map<String, HostTensor> whole, int most) {
        this.rows = rows;
        this.whole = whole;
        this.kept = new Slice[most + 1];
    }

    /** Returns rows {@code from} to {@code from + count}; to be closed after the run. */
    public Slice of(int from, int count) {
        if (from > 0) {
            return slice(from, count, false);
        }
        if (kept[count] == null) {
            kept[count] = slice(0, count, true);
        }
        return kept[count];
    }

    private Slice slice(int from, int count, boolean isKept) {
        Map<String, HostTensor> own = new LinkedHashMap<>();
        rows.forEach((name, tensor) -> own.put(name, tensor.rows(from, count)));
        Map<String, HostTensor> all = new LinkedHashMap<>(own);
        all.putAll(whole);
        return new Slice(all, isKept, own);
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
