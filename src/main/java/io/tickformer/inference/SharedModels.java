package io.tickformer.inference;

import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.runtime.Provider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One session per model and process, shared by the subtasks that run there.
 *
 * <p>Models are known by the hash of their bytes, their foreign spec and the provider. The first to
 * acquire one opens it, the last to release it closes it, exactly once; acquired again, it is
 * opened anew. Nothing stays behind when all is released: no thread, no hook, no entry, so that the
 * class loader of a job that ended can go.
 */
public final class SharedModels {
    private static final SharedModels PROCESS = new SharedModels();

    private final Map<Key, Entry> entries = new HashMap<>();

    private record Key(String contentHash, String foreignSpec, Provider provider) {}

    private static final class Entry {
        private final ForecastModel model;
        private int leases;

        private Entry(ForecastModel model) {
            this.model = model;
        }
    }

    /** A right to use a shared model until closed. Closing again does nothing. */
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
     * Leases a model of this process, opening it if nobody has yet.
     *
     * @param onnx the bytes of the ONNX file
     * @param foreign the spec of a forecaster made elsewhere; null for a file that carries its own
     * @throws InferenceException if it cannot be opened; nothing is leased then
     */
    public static Lease acquire(byte[] onnx, ForecastSpec foreign, Provider provider) {
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
