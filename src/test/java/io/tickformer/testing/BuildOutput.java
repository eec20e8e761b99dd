package io.tickformer.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the build tells its integration tests, by system properties set in the pom. */
public final class BuildOutput {

    private BuildOutput() {}

    /** The value of a property the build sets. */
    public static String require(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException(
                    "system property "
                            + property
                            + " is not set; run this test with 'mvn verify -Dit.test=NAME', which"
                            + " sets it");
        }
        return value;
    }

    /** The job jar that the build has just made. */
    public static Path jobJar() {
        Path jar = Path.of(require("tickformer.job.jar"));
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " does not exist; 'mvn package' makes it");
        }
        return jar;
    }
}
