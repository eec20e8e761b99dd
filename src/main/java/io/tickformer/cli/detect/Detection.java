package io.tickformer.cli.detect;

import java.nio.file.Path;
import java.util.List;

/**
 * The scores of one file.
 *
 * @param series its series, in the order of their keys; the channels of a record in the order of
 *     the model
 * @param notes what the user should know of the file
 */
record Detection(Path file, List<SeriesDetection> series, List<String> notes) {
    /** The file's name without its folder. */
    String fileName() {
        return file.getFileName().toString();
    }
}
