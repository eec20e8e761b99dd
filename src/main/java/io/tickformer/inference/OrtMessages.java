package io.tickformer.inference;

import ai.onnxruntime.OrtException;

/** Words of the runtime, as one line. */
final class OrtMessages {
    private OrtMessages() {}

    static String of(OrtException e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
