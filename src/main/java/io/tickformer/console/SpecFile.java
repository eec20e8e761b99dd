package io.tickformer.console;

import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import io.tickformer.spec.SpecJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The spec of a model made elsewhere, in a file that a user has named. */
public final class SpecFile {
    private static final long MOST_BYTES = 1 << 20;

    private SpecFile() {}

    /**
     * Reads it.
     *
     * @throws UserError if it is no spec, with its name before the reason
     * @throws IOException if it cannot be read
     */
    public static ForecastSpec read(Path path) throws IOException {
        if (Files.exists(path) && (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES)) {
            throw new UserError(path + ": this is no spec; expected a JSON file");
        }
        try {
            return SpecJson.read(Files.readString(path));
        } catch (CharacterCodingException e) {
            throw new UserError(path + ": this is no text in UTF-8; expected a JSON file", e);
        } catch (SpecException e) {
            throw new UserError(path + ": " + e.getMessage(), e);
        }
    }
}
