package io.tickformer.cli;

import io.tickformer.job.ForecastJob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Runs the job in this process, in a Flink mini cluster, for those without a cluster. It is the
 * very job of the job jar, with the same settings.
 */
@Command(
        name = "run",
        description =
                "Runs the job in this process until it ends or Ctrl-C. Settings are those of the"
                        + " job, see 'tickformer options'.",
        mixinStandardHelpOptions = true,
        customSynopsis = "tickformer run --config job.yaml [--SETTING VALUE]...")
final class RunCommand implements Callable<Integer> {
    // Every argument is a setting of the job, which knows them and says so if it does not.
    @Unmatched private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ForecastJob.run(settings.toArray(String[]::new));
        return ExitCodes.OK;
    }
}
