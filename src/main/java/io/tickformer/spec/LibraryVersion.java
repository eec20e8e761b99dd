package io.tickformer.spec;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Version of the running Tickformer. The build writes it to a resource beside this class. */
@Internal
public final class LibraryVersion {
    private static final String RESOURCE = "version.properties";

    private LibraryVersion() {}

    /** The version in the build file, for example {@code 0.1.0}. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = LibraryVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        RESOURCE + " is not on the class path beside " + LibraryVersion.class);
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
