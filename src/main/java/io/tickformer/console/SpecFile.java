package io.tickformer.console;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import io.tickformer.spec.SpecJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the spec file of an ONNX model from another tool. */
@Internal
public final class SpecFile {
    private static final long MOST_BYTES = 1 << 20;

    private SpecFile() {}

    /**
     * Reads the file.
     *
     * @throws UserError if it is not a spec; the message begins with the name of the file
     * @throws IOException if it cannot be read
     */
    public static ForecastSpec read(Path path) throws IOException {
        if (Files.exists(path) && (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES)) {
            throw new UserError(path + ": this is not a spec; expected a JSON file");
        }
        try {
            return SpecJson.read(Files.readString(path));
        } catch (CharacterCodingException e) {
            throw new UserError(path + ": this is not text in UTF-8; expected a JSON file", e);
        } catch (SpecException e) {
            throw new UserError(path + ": " + e.getMessage(), e);
        }
    }
}
