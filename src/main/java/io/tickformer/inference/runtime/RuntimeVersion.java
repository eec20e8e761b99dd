package io.tickformer.inference.runtime;

import io.tickformer.annotation.Internal;

/** The version of ONNX Runtime that executes models. */
@Internal
public final class RuntimeVersion {
    private RuntimeVersion() {}

    /**
     * The version, such as {@code 1.29.0}.
     *
     * @throws InferenceException if the native library cannot be loaded
     */
    public static String current() {
        return RuntimeLibrary.environment().getVersion();
    }
}
