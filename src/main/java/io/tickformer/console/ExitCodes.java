package io.tickformer.console;

/** What a command's exit code says. */
public final class ExitCodes {
    public static final int OK = 0;

    /** A fault of Tickformer or of its surroundings; a stack trace is shown. */
    public static final int INTERNAL_ERROR = 1;

    /** Wrong arguments, files or data; one line says which. */
    public static final int USER_ERROR = 2;

    /** What the command was to check does not hold. */
    public static final int CHECK_FAILED = 3;

    /** Ended by Ctrl-C, as shells have it: 128 and the number of SIGINT. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
