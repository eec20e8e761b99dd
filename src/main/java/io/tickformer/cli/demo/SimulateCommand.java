package io.tickformer.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.annotation.Internal;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.JsonArgument;
import io.tickformer.console.Terminal;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer simulate}: writes the history of a simulated fleet to a training file. */
@Command(
        name = "simulate",
        description = "Writes the history of a simulated fleet of electricity meters as CSV.",
        customSynopsis = "tickformer simulate --output=FILE.csv [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class SimulateCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE.csv",
            description = "CSV file to write.")
    private Path output;

    @Mixin private FleetArguments fleetArguments;

    @Option(names = "--ticks", paramLabel = "N", description = "Number of ticks of one hour.")
    private int ticks = 8_760;

    @Mixin private JsonArgument json;

    @Override
    public Integer call() throws IOException {
        if (ticks < 1) {
            throw new UserError("--ticks is %d; expected at least 1".formatted(ticks));
        }
        MeterFleet fleet = fleetArguments.fleet();
        long cells;
        try (ProgressBar bar =
                new ProgressBarBuilder()
                        .setTaskName("simulate")
                        .setInitialMax(ticks)
                        .setUnit(" ticks", 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(Terminal.barConsumer())
                        .build()) {
            cells = new FleetCsv(fleet).write(output, ticks, bar::stepTo);
        }
        PrintWriter out = command.commandLine().getOut();
        out.printf(
                "%s: %,d ticks of %,d meters, %.2f %% of the cells empty%n",
                output,
                ticks,
                fleetArguments.meters(),
                100 * (1 - cells / ((double) ticks * fleetArguments.meters())));
        if (json.isGiven()) {
            ObjectNode result = new ObjectMapper().createObjectNode();
            result.put("ticks", ticks);
            result.put("series", fleetArguments.meters());
            result.put("cells", cells);
            out.println(result);
        }
        out.flush();
        return ExitCodes.OK;
    }
}
