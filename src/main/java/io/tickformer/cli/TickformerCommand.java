package io.tickformer.cli;

import io.tickformer.annotation.Internal;
import io.tickformer.cli.backtest.BacktestCommand;
import io.tickformer.cli.compare.CompareCommand;
import io.tickformer.cli.deadletters.ReplayDeadLettersCommand;
import io.tickformer.cli.demo.DemoCommand;
import io.tickformer.cli.demo.ProduceCommand;
import io.tickformer.cli.demo.SimulateCommand;
import io.tickformer.cli.demo.WatchCommand;
import io.tickformer.cli.detect.DetectCommand;
import io.tickformer.cli.doctor.DoctorCommand;
import io.tickformer.cli.explain.ExplainCommand;
import io.tickformer.cli.forecast.ForecastCommand;
import io.tickformer.cli.inspect.InspectCommand;
import io.tickformer.cli.train.TrainCommand;
import io.tickformer.console.UserError;
import io.tickformer.lab.bench.BenchCommand;
import io.tickformer.lab.chaos.ChaosCommand;
import io.tickformer.lab.drill.DrillCommand;
import io.tickformer.lab.plan.PlanCommand;
import io.tickformer.lab.soak.SoakCommand;
import io.tickformer.spec.LibraryVersion;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code tickformer} command. Each subcommand is a class of its own. {@link ErrorMapping} turns
 * their exceptions into messages.
 */
@Command(
        name = "tickformer",
        description = "Forecasts every series of a Kafka topic at every tick, inside Apache Flink.",
        // Subcommands inherit --help, --version and the width.
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        usageHelpWidth = 100,
        versionProvider = TickformerCommand.Version.class,
        subcommands = {
            DemoCommand.class,
            ForecastCommand.class,
            WatchCommand.class,
            TrainCommand.class,
            BacktestCommand.class,
            DetectCommand.class,
            InspectCommand.class,
            ExplainCommand.class,
            CompareCommand.class,
            DrillCommand.class,
            BenchCommand.class,
            SoakCommand.class,
            PlanCommand.class,
            ChaosCommand.class,
            RunCommand.class,
            DoctorCommand.class,
            ReplayDeadLettersCommand.class,
            OptionsCommand.class,
            MetricsCommand.class,
            SchemasCommand.class,
            SimulateCommand.class,
            ProduceCommand.class
        })
@Internal
public final class TickformerCommand implements Runnable {
    @Spec private CommandSpec command;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /**
     * The command with its error mapping, writing to the standard streams. Tests set others with
     * {@link CommandLine#setOut(PrintWriter)} and {@link CommandLine#setErr(PrintWriter)}.
     */
    public static CommandLine commandLine() {
        ErrorMapping errors = new ErrorMapping();
        return new CommandLine(new TickformerCommand())
                .setExecutionStrategy(TickformerCommand::executeInMemory)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors);
    }

    /** Runs the subcommand. Too little memory is reported as a mistake of the user. */
    private static int executeInMemory(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            UserError error =
                    new UserError(
                            ("not enough memory (%s); give the command more, such as"
                                            + " TICKFORMER_HEAP=4g, or use a smaller model, fewer windows or"
                                            + " fewer series")
                                    .formatted(e.getMessage()),
                            e);
            throw new ExecutionException(parsed.commandSpec().commandLine(), "no memory", error);
        }
    }

    /** Prints the usage: without a subcommand there is nothing else to do. */
    @Override
    public void run() {
        command.commandLine().usage(command.commandLine().getOut());
    }

    /** The version that {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tickformer " + LibraryVersion.current()};
        }
    }
}
