package io.tickformer.console;

import io.tickformer.job.JobSettings;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.UnmatchedArgsBinding;
import picocli.CommandLine.UnmatchedArgumentException;

/** Settings of the job among the arguments of a command that has options of its own. */
public final class JobArguments {
    private JobArguments() {}

    /** Hands on the arguments of a command that are none of its own, those of each use of it. */
    public static void takeFrom(CommandSpec command, Consumer<List<String>> taker) {
        command.addUnmatchedArgsBinding(
                UnmatchedArgsBinding.forStringArrayConsumer(
                        new ISetter() {
                            @Override
                            public <T> T set(T unmatched) {
                                // Null clears what an earlier use of the command has left.
                                taker.accept(unmatched == null ? List.of() : texts(unmatched));
                                return null;
                            }
                        }));
    }

    private static List<String> texts(Object unmatched) {
        return List.of((String[]) unmatched);
    }

    /**
     * Holds arguments that are no options of a command to the settings that there are: what is none
     * either is a slip, and is told as one of any other command.
     *
     * @throws UnmatchedArgumentException if one is no setting
     */
    public static void requireKnown(CommandLine command, List<String> arguments) {
        boolean valueMayFollow = false;
        for (String argument : arguments) {
            boolean known =
                    argument.startsWith("--") && JobSettings.isKnown(nameIn(argument).substring(2));
            boolean value = valueMayFollow && !argument.startsWith("--");
            if (!known && !value) {
                // It alone: the others may hold secrets.
                throw new UnmatchedArgumentException(command, List.of(argument));
            }
            valueMayFollow = known && argument.indexOf('=') < 0;
        }
    }

    /** The name in {@code --name=value}, without the value, which may be a secret. */
    public static String nameIn(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }
}
