package io.tickformer.console;

import io.tickformer.annotation.Internal;

/** Exit codes of the commands. */
@Internal
public final class ExitCodes {
    public static final int OK = 0;

    /** A fault of Tickformer or its environment; the command prints a stack trace. */
    public static final int INTERNAL_ERROR = 1;

    /** Wrong arguments, files or data; one line of output names the mistake. */
    public static final int USER_ERROR = 2;

    /** A check of the command failed. */
    public static final int CHECK_FAILED = 3;

    /** Ended by Ctrl-C: 128 plus the number of SIGINT, as in shells. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
