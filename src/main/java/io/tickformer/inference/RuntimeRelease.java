package io.tickformer.inference;

import io.tickformer.inference.runtime.RuntimeLibrary;

/** The end of ONNX Runtime in a process that goes on. */
public final class RuntimeRelease {
    private RuntimeRelease() {}

    /**
     * Takes back what ONNX Runtime has left in the process, if it was loaded by a class loader that
     * can be gone before the process is, as that of a submission to a Flink cluster. Does nothing
     * where the runtime belongs to the process, or while a shared model is open. Used again, the
     * runtime is made anew.
     */
    public static void release() {
        if (SharedModels.open() == 0) {
            RuntimeLibrary.release();
        }
    }
}
