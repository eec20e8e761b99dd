package io.tickformer.testing;

import io.tickformer.cli.TickformerCommand;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command gave.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record CommandRun(int code, String out, String err) {

    /** Runs the command to its end in this process. */
    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                TickformerCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }
}
