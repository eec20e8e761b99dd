package io.tickformer.cli.detect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.console.UserError;
import io.tickformer.evaluation.nab.NabWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labelled windows of files, in the form of the benchmark's {@code combined_windows.json}. */
final class LabelledWindowsFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String EXPECTED =
            "expected an object such as {\"file.csv\": [[\"2014-04-10 07:15:00\", \"2014-04-11"
                    + " 16:45:00\"]]}";

    private LabelledWindowsFile() {}

    /**
     * Reads the windows of each file, in order of time. A path before a file's name is left out.
     *
     * @throws UserError if the file does not have this form
     * @throws IOException if it cannot be read
     */
    static Map<String, List<NabWindow>> read(Path path) throws IOException {
        Map<String, List<NabWindow>> windows = new LinkedHashMap<>();
        JsonNode files = parse(path);
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            List<NabWindow> ofFile = new ArrayList<>();
            if (!file.getValue().isArray()) {
                throw wrong(path, file.getKey());
            }
            for (JsonNode window : file.getValue()) {
                ofFile.add(window(path, file.getKey(), window));
            }
            ofFile.sort(Comparator.comparingLong(NabWindow::startMillis));
            String name = file.getKey().substring(file.getKey().lastIndexOf('/') + 1);
            windows.put(name, ofFile);
        }
        return windows;
    }

    private static JsonNode parse(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new UserError(path + ": this is a directory; " + EXPECTED);
        }
        try {
            JsonNode files = MAPPER.readTree(Files.readAllBytes(path));
            if (files == null || !files.isObject()) {
                throw new UserError(path + ": no JSON object; " + EXPECTED);
            }
            return files;
        } catch (JsonProcessingException e) {
            throw new UserError(
                    "%s: no JSON (%s); %s".formatted(path, e.getOriginalMessage(), EXPECTED), e);
        }
    }

    private static NabWindow window(Path path, String file, JsonNode window) {
        if (!window.isArray() || window.size() != 2) {
            throw wrong(path, file);
        }
        try {
            return new NabWindow(millis(window.get(0).asText()), millis(window.get(1).asText()));
        } catch (DateTimeParseException e) {
            throw new UserError(
                    "%s: \"%s\" of %s is not a time; %s"
                            .formatted(path, e.getParsedString(), file, EXPECTED),
                    e);
        } catch (IllegalArgumentException e) {
            throw new UserError("%s: %s: %s".formatted(path, file, e.getMessage()), e);
        }
    }

    private static long millis(String time) {
        return LocalDateTime.parse(time.trim().replace(' ', 'T'))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    private static UserError wrong(Path path, String file) {
        return new UserError(
                "%s: the windows of %s are not pairs of times; %s".formatted(path, file, EXPECTED));
    }
}
