package io.tickformer.onnx;

import io.tickformer.annotation.Internal;

/**
 * Bytes that are not an ONNX file, or an ONNX file that lacks what was requested; the message says
 * which.
 */
@Internal
public final class OnnxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public OnnxException(String message) {
        super(message);
    }

    public OnnxException(String message, Throwable cause) {
        super(message, cause);
    }
}
