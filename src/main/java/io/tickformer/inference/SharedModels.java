package io.tickformer.inference;

import io.tickformer.annotation.Internal;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shares one session per model and process among the subtasks that run there.
 *
 * <p>A model is identified by the hash of its bytes, its foreign spec and the provider. The first
 * lease opens it, and the last one to be closed closes it. When all leases are closed, no thread,
 * hook or entry remains, so that the class loader of a finished job can be unloaded.
 */
@Internal
public final class SharedModels {
    private static final SharedModels PROCESS = new SharedModels();

    private final Map<Key, Entry> entries = new HashMap<>();

    private record Key(String contentHash, String foreignSpec, ExecutionProvider provider) {}

    private static final class Entry {
        private final ForecastModel model;
        private int leases;

        private Entry(ForecastModel model) {
            this.model = model;
        }
    }

    /** The right to use a shared model until the lease is closed. Closing again does nothing. */
    public final class Lease implements AutoCloseable {
        private final Key key;
        private final ForecastModel model;
        private final AtomicBoolean released = new AtomicBoolean();

        private Lease(Key key, ForecastModel model) {
            this.key = key;
            this.model = model;
        }

        public ForecastModel model() {
            return model;
        }

        @Override
        public void close() {
            if (released.compareAndSet(false, true)) {
                release(key);
            }
        }
    }

    private SharedModels() {}

    /**
     * Leases a model of this process, and opens it if it is not open.
     *
     * @param onnx the bytes of the ONNX file
     * @param foreign the spec of a foreign model; null for a file that carries its own
     * @throws InferenceException if it cannot be opened; then there is no lease
     */
    public static Lease acquire(byte[] onnx, ForecastSpec foreign, ExecutionProvider provider) {
        Key key =
                new Key(
                        ContentHash.of(onnx),
                        foreign == null ? "" : SpecJson.write(foreign),
                        provider);
        return PROCESS.lease(key, onnx, foreign);
    }

    private synchronized Lease lease(Key key, byte[] onnx, ForecastSpec foreign) {
        Entry entry = entries.get(key);
        if (entry == null) {
            entry = new Entry(ForecastModel.open(onnx, foreign, key.provider()));
            entries.put(key, entry);
        }
        entry.leases++;
        return new Lease(key, entry.model);
    }

    private synchronized void release(Key key) {
        Entry entry = entries.get(key);
        entry.leases--;
        if (entry.leases == 0) {
            entries.remove(key);
            entry.model.close();
        }
    }

    /** Models open in this process. */
    static int open() {
        synchronized (PROCESS) {
            return PROCESS.entries.size();
        }
    }
}
