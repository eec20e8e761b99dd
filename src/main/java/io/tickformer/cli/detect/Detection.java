package io.tickformer.cli.detect;

import java.nio.file.Path;
import java.util.List;

/**
 * The scores of one file.
 *
 * @param series its series, in the order of their keys
 */
record Detection(Path file, List<SeriesDetection> series) {
    /** The file's name without its folder. */
    String fileName() {
        return file.getFileName().toString();
    }
}
