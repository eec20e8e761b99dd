package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launchers of a checkout and of an installation, alone in a folder of their own, with a Java
 * and a Maven that only answer.
 */
class LauncherTest {
    private static final String BASH = "/bin/bash";
    private static final List<String> TOOLS =
            List.of("bash", "dirname", "env", "find", "head", "readlink");

    @TempDir Path folder;
    private Path home;
    private Path bin;
    private Path installed;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        home = Files.createDirectories(folder.resolve("a project"));
        bin = Files.createDirectories(folder.resolve("bin"));
        installed = home.resolve("src/main/launcher/bin/tickformer");
        copy("tickformer", home.resolve("tickformer"));
        copy("src/main/launcher/bin/tickformer", installed);
        Files.createDirectories(home.resolve("schemas"));
        Files.createDirectories(home.resolve("models"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String tool : TOOLS) {
            script(tool, "exec " + which(tool) + " \"$@\"");
        }
    }

    @Test
    void theScriptsAreSound() throws Exception {
        assertThat(run(BASH, "-n", home.resolve("tickformer").toString()).code()).isZero();
        assertThat(run("/bin/sh", "-n", installed.toString()).code()).isZero();
    }

    @Test
    void aMissingJavaIsNamed() throws Exception {
        Ended ended = run(installed.toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.text())
                .isEqualTo(
                        "error: no java on the PATH; install Java 17 or later, or set JAVA_HOME\n");
    }

    @Test
    void anOldJavaIsNamed() throws Exception {
        script("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

        Ended ended = run(installed.toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.text()).endsWith("is Java 11; expected Java 17 or later\n");
    }

    @Test
    void anInstallationNeedsNoProgramButJava() throws Exception {
        scriptJavaAndMaven();
        for (String tool : TOOLS) {
            Files.delete(bin.resolve(tool));
        }
        Files.delete(bin.resolve("mvn"));

        Ended ended = run(installed.toString(), "demo", "--csv", "a file.csv");

        Path root = home.resolve("src/main/launcher");
        assertThat(ended.text())
                .contains("[-Dtickformer.home=" + root + "]")
                .contains("[" + root + "/lib/*:" + root + "/lib/flink/*]")
                .endsWith("[io.tickformer.cli.TickformerCommand]\n[demo]\n[--csv]\n[a file.csv]\n");
    }

    @Test
    void aMissingMavenIsNamedWhenThereIsSomethingToBuild() throws Exception {
        script("java", "echo 'openjdk version \"21.0.1\" 2023-10-17' >&2");

        Ended ended = launch();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.text())
                .isEqualTo(
                        "error: no mvn on the PATH; install Maven 3.8 or later to build"
                                + " Tickformer\n");
    }

    @Test
    void aFailedBuildEndsIt() throws Exception {
        script("java", "echo 'openjdk version \"17.0.1\" 2021-10-19' >&2");
        script("mvn", "echo 'no network' >&2; exit 1");

        Ended ended = launch();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.text())
                .contains("no network")
                .endsWith("error: the build failed; its messages stand above\n");
    }

    @Test
    void itBuildsOnceAndPassesItsArgumentsOn() throws Exception {
        scriptJavaAndMaven();

        Ended first = launch("demo", "--csv", "a file.csv");
        Ended second = launch("--help");

        assertThat(first.code()).isZero();
        assertThat(first.text())
                .contains("built")
                .contains(
                        "[%1$s/target/classes:%1$s/target/tickformer/lib/*:".formatted(home)
                                + "%s/target/tickformer/lib/flink/*]".formatted(home))
                .contains("[-Dtickformer.home=" + home + "/target/tickformer]")
                .endsWith("[io.tickformer.cli.TickformerCommand]\n[demo]\n[--csv]\n[a file.csv]\n");
        assertThat(second.text()).doesNotContain("built").endsWith("[--help]\n");
    }

    @Test
    void theJobJarIsBuiltForACommandThatStartsAClusterAndOnlyOnce() throws Exception {
        scriptJavaAndMaven();

        Ended other = launch("demo");
        Ended first = launch("chaos", "--quick");
        Ended second = launch("chaos", "--quick");
        // Newer than the build.
        Files.setLastModifiedTime(
                Files.writeString(home.resolve("src/main/New.java"), ""),
                FileTime.from(Instant.parse("2031-01-01T00:00:00Z")));
        Ended changed = launch("chaos", "--quick");

        assertThat(other.text()).contains("built generate-test-resources\n");
        assertThat(first.text()).contains("built package\n").endsWith("[chaos]\n[--quick]\n");
        assertThat(second.text()).doesNotContain("built").endsWith("[chaos]\n[--quick]\n");
        assertThat(changed.text()).contains("built package\n");
    }

    @Test
    void itFindsItsFolderThroughALinkFromAnywhere() throws Exception {
        scriptJavaAndMaven();
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("tf"), Path.of("../a project/tickformer"));

        // With CDPATH, cd says where it went.
        Ended ended = run(BASH, "-c", "cd '" + folder + "' && CDPATH=. bash links/tf --help");

        assertThat(ended.text())
                .contains("[-Dtickformer.home=" + home.toRealPath() + "/target/tickformer]")
                .endsWith("[--help]\n");
    }

    private void scriptJavaAndMaven() throws IOException {
        script(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"' >&2; else"
                        + " for a in \"$@\"; do echo \"[$a]\"; done; fi");
        script(
                "mvn",
                "for a in \"$@\"; do phase=\"$a\"; done; echo \"built $phase\" >&2;"
                        + " /bin/rm -rf target/tickformer; /bin/mkdir -p target/tickformer/lib/broker;"
                        + " /bin/cp -R src/main/launcher/bin target/tickformer;"
                        // As if it had taken a while, whatever a file system's clock can tell.
                        + " /usr/bin/touch -t 203001010000 target/tickformer/lib/broker;"
                        + " if [ \"$phase\" = package ]; then"
                        + " : > target/tickformer/tickformer-1-job.jar; fi");
    }

    private static void copy(String file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(Repository.root().resolve(file), target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended launch(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("tickformer").toString());
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private Ended run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.remove("JAVA_HOME");
        environment.remove("TICKFORMER_CLASSES");
        environment.put("PATH", bin.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    private void script(String name, String body) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!" + BASH + "\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path which(String tool) {
        for (String part : System.getenv("PATH").split(":", -1)) {
            Path file = Path.of(part, tool);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new IllegalStateException(tool + " is not on the PATH");
    }

    private record Ended(int code, String text) {}
}
