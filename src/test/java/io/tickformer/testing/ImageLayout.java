package io.tickformer.testing;

import io.tickformer.process.Installation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Lays out in a folder what {@code docker/Dockerfile} copies to the root of the image. */
public final class ImageLayout {
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--\\S+ )*(\\S+) (/\\S+)$");

    private ImageLayout() {}

    /** Copies the files below a folder that stands for the root of the image. */
    public static void layOut(Path root) throws IOException {
        for (MatchResult copy :
                COPY.matcher(Repository.read("docker/Dockerfile")).results().toList()) {
            String to = copy.group(2).substring(1);
            List<Path> files = files(copy.group(1));
            for (Path file : files) {
                Path target = root.resolve(to);
                if (to.endsWith("/")) {
                    target = target.resolve(file.getFileName().toString());
                }
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        // What the image of Flink has there itself.
        for (Path jar : Installation.current().clusterClassPath()) {
            Files.copy(jar, root.resolve("opt/flink/lib").resolve(jar.getFileName().toString()));
        }
    }

    /** The files of a source in the context of the image, which is an installation. */
    private static List<Path> files(String source) throws IOException {
        if (source.endsWith("-job.jar")) {
            return List.of(BuildOutput.jobJar());
        }
        Path home = Installation.current().home();
        String name = source.substring(source.lastIndexOf('/') + 1);
        if (name.startsWith("tickformer-")) {
            return List.of(BuildOutput.jobJar().resolveSibling(name));
        }
        if (source.startsWith("docker/")) {
            return List.of(Repository.root().resolve(source));
        }
        Path folder = home.resolve(source.substring(0, source.lastIndexOf('/') + 1));
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder, name.isEmpty() ? "*" : name)) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            return files;
        }
    }
}
