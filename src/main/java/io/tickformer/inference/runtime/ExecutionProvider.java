package io.tickformer.inference.runtime;

import io.tickformer.annotation.Public;

/** What executes the model. */
@Public
public enum ExecutionProvider {
    /** The processor; always there. */
    CPU,
    /** An NVIDIA GPU; opening a model fails where there is none. */
    CUDA,
    /** An NVIDIA GPU where there is one, else the processor. */
    AUTO
}
