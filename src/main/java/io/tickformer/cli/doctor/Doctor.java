package io.tickformer.cli.doctor;

import io.tickformer.spec.LibraryVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Runs checks one after another, each on a thread of its own and for a limited time. A check that
 * fails or does not end becomes a finding, and the next one runs.
 */
final class Doctor {
    private static final String UNEXPECTED =
            "this is unexpected; please report this line, of Tickformer "
                    + LibraryVersion.current();

    private final List<Check> checks;
    private final UnaryOperator<String> hideSecrets;

    /**
     * @param checks the checks, in order
     * @param hideSecrets removes secrets from a text
     */
    Doctor(List<Check> checks, UnaryOperator<String> hideSecrets) {
        this.checks = List.copyOf(checks);
        this.hideSecrets = hideSecrets;
    }

    /** All checks, in order. */
    static List<Check> allChecks() {
        return List.of(
                new SettingsCheckup(),
                JavaCheck.ofThisProcess(),
                MemoryCheck.ofThisProcess(),
                TemporaryFolderCheck.ofThisProcess(),
                new ModelCheck(System::nanoTime),
                new GpuCheck(),
                new BrokersCheck(),
                new RegistryCheck(),
                new TopicsCheck(),
                new RecordsCheck(),
                new ClusterCheck(),
                new CheckpointsCheck(),
                new SavepointCheckup());
    }

    /** Runs the checks. */
    List<Finding> examine(Examination examination) throws InterruptedException {
        List<Finding> all = new ArrayList<>();
        for (Check check : checks) {
            all.addAll(run(check, examination));
        }
        return all;
    }

    private List<Finding> run(Check check, Examination examination) throws InterruptedException {
        Findings findings = new Findings(hideSecrets);
        Duration limit = check.limit(examination.timeout());
        FutureTask<Findings> task =
                new FutureTask<>(
                        () -> {
                            check.run(examination, findings);
                            return findings;
                        });
        Thread thread = new Thread(task, "doctor-" + check.subjects().get(0).id());
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS).all();
        } catch (ExecutionException e) {
            return completed(
                    check, findings.all(), "the check failed: " + e.getCause(), UNEXPECTED);
        } catch (TimeoutException | CancellationException e) {
            task.cancel(true);
            // The thread may still add findings to its own list, so this one is new.
            return completed(
                    check,
                    List.of(),
                    "there was no result within %d s".formatted(limit.toSeconds()),
                    "check whether what it connects to answers from this machine");
        }
    }

    /** Adds a problem about the first subject without a finding, and skips the others. */
    private List<Finding> completed(Check check, List<Finding> before, String seen, String advice) {
        Findings findings = new Findings(hideSecrets);
        boolean isTold = false;
        for (Subject subject : check.subjects()) {
            if (before.stream().anyMatch(finding -> finding.subject() == subject)) {
                continue;
            }
            if (isTold) {
                findings.skipped(subject, "an earlier part of this check did not end");
            } else {
                findings.problem(subject, seen, advice);
                isTold = true;
            }
        }
        List<Finding> all = new ArrayList<>(before);
        all.addAll(findings.all());
        return all;
    }
}
