package io.tickformer.cli.doctor;

import io.tickformer.job.OptionException;
import java.util.List;
import java.util.Optional;

/** Checks whether the job can be restored from the savepoint that the settings name. */
final class SavepointCheckup implements Check {
    @Override
    public List<Subject> subjects() {
        return List.of(Subject.SAVEPOINT);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        Optional<String> savepoint = examination.trial().savepoint();
        if (savepoint.isEmpty()) {
            findings.skipped(Subject.SAVEPOINT, "flink.execution.state-recovery.path is not set");
        } else if (examination.model().isEmpty()) {
            findings.skipped(Subject.SAVEPOINT, "there is no model that works");
        } else {
            try {
                examination.trial().requireSavepoint();
                findings.ok(
                        Subject.SAVEPOINT,
                        "the job can be restored from %s".formatted(savepoint.get()));
            } catch (OptionException e) {
                findings.problem(
                        Subject.SAVEPOINT,
                        e.getMessage(),
                        "name another savepoint, or start without one");
            }
        }
    }
}
