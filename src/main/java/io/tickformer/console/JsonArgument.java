package io.tickformer.console;

import picocli.CommandLine.Option;

/** The option of a command whose figures can also be had as one JSON object. */
public final class JsonArgument {
    @Option(
            names = "--json",
            description = "End standard output with one line, a JSON object of the figures.")
    private boolean json;

    /** Whether it was given. */
    public boolean isGiven() {
        return json;
    }
}
