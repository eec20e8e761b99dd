package io.tickformer.console;

import io.tickformer.annotation.Internal;
import picocli.CommandLine.Option;

/** The option of commands that can print their figures as JSON. */
@Internal
public final class JsonArgument {
    @Option(
            names = "--json",
            description = "Print the figures as a JSON object in the last line of standard output.")
    private boolean json;

    /** Whether it was given. */
    public boolean isGiven() {
        return json;
    }
}
