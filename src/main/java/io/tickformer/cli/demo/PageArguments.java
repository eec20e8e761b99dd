package io.tickformer.cli.demo;

import io.tickformer.console.UserError;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Where the live page is served. */
final class PageArguments {
    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the live page; 0 for any free port.")
    private int port = 8484;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            defaultValue = "localhost",
            description =
                    "Network interface of the live page, as a name or an address. The page has no"
                            + " password: beyond localhost, everyone who can reach this machine can see"
                            + " it.")
    private String host;

    /**
     * @throws UserError if the port is none
     */
    void check() {
        if (port < 0 || port > 65_535) {
            throw new UserError("--port is %d; expected 0 to 65535".formatted(port));
        }
    }

    /** Serves the page. */
    LiveServer serve(LiveState state) throws IOException {
        return new LiveServer(host, port, state);
    }
}
