package io.tickformer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The files of this repository, for the tests that hold them to each other. */
public final class Repository {

    /** What builds and tools leave behind, as in {@code .gitignore}. */
    private static final Set<String> LEFT_BEHIND =
            Set.of(
                    ".git",
                    "target",
                    ".cifuzz-corpus",
                    "node_modules",
                    "__pycache__",
                    ".idea",
                    ".vscode",
                    ".tickformer",
                    "shared");

    private Repository() {}

    /** The folder that holds {@code pom.xml}. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        if (!Files.exists(here.resolve("pom.xml"))) {
            throw new IllegalStateException(here + " has no pom.xml; run the tests from the root");
        }
        return here;
    }

    /** Every file, in the order of their paths. */
    public static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root(),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                        return LEFT_BEHIND.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        String name = file.getFileName().toString();
                        // In a second working tree of a repository .git is a file.
                        boolean isLeftBehind =
                                LEFT_BEHIND.contains(name)
                                        || name.endsWith(".log")
                                        || name.endsWith(".iml");
                        if (!isLeftBehind) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }

    /**
     * Copies a folder of this repository under {@code target}, where it may be built.
     *
     * @return the folder of the copy
     */
    public static Path copyToTarget(Path source) throws IOException {
        String name = root().relativize(source).toString().replace('/', '-');
        Path copy = root().resolve("target").resolve("copies").resolve(name);
        for (Path file : files()) {
            if (file.startsWith(source)) {
                Path to = copy.resolve(source.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    /** The text of a file, or empty if it is not UTF-8. */
    public static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (MalformedInputException binary) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String read(String path) throws IOException {
        return Files.readString(root().resolve(path));
    }

    /** The properties of the pom, with its version under {@code project.version}. */
    public static Map<String, String> pomProperties() {
        try {
            Element project =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(root().resolve("pom.xml").toFile())
                            .getDocumentElement();
            Map<String, String> properties = new TreeMap<>();
            properties.put("project.version", child(project, "version").getTextContent());
            Node each = child(project, "properties").getFirstChild();
            for (; each != null; each = each.getNextSibling()) {
                if (each instanceof Element element) {
                    properties.put(element.getTagName(), element.getTextContent());
                }
            }
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("pom.xml is no XML: " + e.getMessage(), e);
        }
    }

    private static Element child(Element parent, String name) {
        Node each = parent.getFirstChild();
        for (; each != null; each = each.getNextSibling()) {
            if (each instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        throw new IllegalStateException("<" + parent.getTagName() + "> has no <" + name + ">");
    }
}
