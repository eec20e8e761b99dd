package io.tickformer.cli.doctor;

import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.job.ModelOptions;
import io.tickformer.job.TriedModel;
import java.util.List;

/** Opens the model on a GPU if the settings ask for one. */
final class GpuCheck implements Check {
    private static final String ADVICE =
            "install the driver, CUDA 12 and cuDNN 9 and build with -Pgpu, or set model.provider to"
                    + " cpu";

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.GPU);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        ExecutionProvider provider = examination.settings().get(ModelOptions.PROVIDER);
        if (provider == ExecutionProvider.CPU) {
            findings.skipped(Subject.GPU, "model.provider is cpu");
        } else if (examination.model().isEmpty()) {
            findings.skipped(Subject.GPU, "there is no model that works");
        } else {
            open(examination.model().get(), provider, findings);
        }
    }

    private static void open(TriedModel tried, ExecutionProvider provider, Findings findings) {
        try (ForecastModel model = tried.open(ExecutionProvider.CUDA)) {
            findings.ok(
                    Subject.GPU, "model %s runs on a GPU of this machine".formatted(model.name()));
        } catch (InferenceException e) {
            if (provider == ExecutionProvider.CUDA) {
                findings.problem(Subject.GPU, e.getMessage(), ADVICE);
            } else {
                findings.warning(
                        Subject.GPU, "the model runs on the CPU: " + e.getMessage(), ADVICE);
            }
        }
    }
}
