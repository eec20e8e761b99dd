package io.tickformer.cli.doctor;

import io.tickformer.annotation.Nullable;
import io.tickformer.job.SettingsDraft;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs single checks. */
final class Examined {
    static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");

    private Examined() {}

    static Examination of(String... settings) {
        return at(null, settings);
    }

    static Examination at(@Nullable URI cluster, String... settings) {
        return new Examination(
                SettingsDraft.read(settings),
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ofMillis(500),
                1000,
                cluster);
    }

    static List<Finding> by(Check check, Examination examination) throws Exception {
        Findings findings = new Findings(UnaryOperator.identity());
        check.run(examination, findings);
        return findings.all();
    }

    static Finding only(List<Finding> findings, Subject subject) {
        List<Finding> found =
                findings.stream().filter(finding -> finding.subject() == subject).toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one finding about " + subject + ": " + findings);
        }
        return found.get(0);
    }
}
