package io.tickformer.inference.runtime;

import ai.onnxruntime.OrtException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of the runtime, as one line. */
final class OrtMessages {
    private static final Pattern NEWER_OPSET =
            Pattern.compile(
                    "Opset (\\d+) is under development.* domain (\\S+) is till opset (\\d+)");

    private static final Pattern NEWER_FORMAT =
            Pattern.compile(
                    "Unsupported model IR version: (\\d+), max supported IR version: (\\d+)");

    private OrtMessages() {}

    static String of(OrtException e) {
        return of(String.valueOf(e.getMessage()));
    }

    /** The message as one line, and in our words where the runtime's are about its own sources. */
    static String of(String message) {
        String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
        Matcher opset = NEWER_OPSET.matcher(line);
        if (opset.find()) {
            return ("it is of opset %s of domain %s; ONNX Runtime here knows opsets up to %s:"
                            + " export it for one of those")
                    .formatted(opset.group(1), opset.group(2), opset.group(3));
        }
        Matcher format = NEWER_FORMAT.matcher(line);
        if (format.find()) {
            return ("its format has IR version %s; ONNX Runtime here knows versions up to %s:"
                            + " export it in one of those")
                    .formatted(format.group(1), format.group(2));
        }
        return line;
    }
}
