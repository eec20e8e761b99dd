package io.tickformer.onnx;

/** Bytes that are no ONNX file, or one that lacks what was asked of it; the message says which. */
public final class OnnxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public OnnxException(String message) {
        super(message);
    }

    public OnnxException(String message, Throwable cause) {
        super(message, cause);
    }
}
