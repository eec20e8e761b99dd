package io.tickformer.inference;

import io.tickformer.annotation.Internal;
import io.tickformer.inference.runtime.RuntimeLibrary;

/** Removes ONNX Runtime from a process that continues. */
@Internal
public final class OnnxRuntimeUnloader {
    private OnnxRuntimeUnloader() {}

    /**
     * Removes what ONNX Runtime has left in the process, if it was loaded by a class loader that
     * may end before the process does, such as that of a job in a Flink cluster. Does nothing if
     * the runtime belongs to the process, or while a shared model is open. If the runtime is used
     * again, it is loaded again.
     */
    public static void release() {
        if (SharedModels.open() == 0) {
            RuntimeLibrary.release();
        }
    }
}
