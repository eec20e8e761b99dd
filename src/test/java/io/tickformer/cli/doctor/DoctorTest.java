package io.tickformer.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A check that fails or hangs is a finding, and the others still run. */
final class DoctorTest {
    private static final Check GOOD =
            check(
                    Duration.ofMinutes(1),
                    findings -> findings.ok(Subject.SAVEPOINT, "fine"),
                    Subject.SAVEPOINT);

    private interface Work {
        void run(Findings findings) throws Exception;
    }

    private static Check check(Duration limit, Work work, Subject... subjects) {
        return new Check() {
            @Override
            public List<Subject> subjects() {
                return List.of(subjects);
            }

            @Override
            public Duration limit(Duration timeout) {
                return limit;
            }

            @Override
            public void run(Examination examination, Findings findings) throws Exception {
                work.run(findings);
            }
        };
    }

    private static List<Finding> examine(Check... checks) throws InterruptedException {
        return new Doctor(Arrays.asList(checks), UnaryOperator.identity()).examine(Examined.of());
    }

    @Test
    void aCheckThatThrowsIsAProblemInOneLineAndTheNextOneRuns() throws Exception {
        Check bad =
                check(
                        Duration.ofMinutes(1),
                        findings -> {
                            findings.ok(Subject.JAVA, "fine");
                            throw new IllegalStateException("broken\n\tat something");
                        },
                        Subject.JAVA,
                        Subject.MEMORY,
                        Subject.MODEL);

        List<Finding> found = examine(bad, GOOD);

        assertThat(found)
                .extracting(Finding::subject, Finding::status)
                .containsExactly(
                        tuple(Subject.JAVA, Status.OK),
                        tuple(Subject.MEMORY, Status.PROBLEM),
                        tuple(Subject.MODEL, Status.SKIPPED),
                        tuple(Subject.SAVEPOINT, Status.OK));
        assertThat(found.get(1).seen())
                .isEqualTo(
                        "the check failed: java.lang.IllegalStateException: broken at something");
    }

    @Test
    void aCheckThatDoesNotEndIsGivenUpAndTheNextOneRuns() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Check hanging =
                check(
                        Duration.ofMillis(50),
                        findings -> never.await(),
                        Subject.BROKERS,
                        Subject.REGISTRY);

        List<Finding> found = examine(hanging, GOOD);

        assertThat(found)
                .extracting(Finding::status)
                .containsExactly(Status.PROBLEM, Status.SKIPPED, Status.OK);
        assertThat(found.get(0).seen()).startsWith("there was no result within");
    }

    @Test
    void everySubjectHasExactlyOneCheckInTheOrderOfTheSubjects() {
        assertThat(Doctor.allChecks().stream().flatMap(check -> check.subjects().stream()))
                .containsExactly(Subject.values());
    }
}
