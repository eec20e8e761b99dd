package io.tickformer.cli.doctor;

import java.util.List;

/** Checks the settings alone, as the job does when it starts. */
final class SettingsCheckup implements Check {
    @Override
    public List<Subject> subjects() {
        return List.of(Subject.SETTINGS);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        int given = examination.draft().given().size();
        List<String> faults = examination.draft().faults();
        for (String fault : faults) {
            findings.problem(
                    Subject.SETTINGS, fault, "correct this setting; docs/options.md explains it");
        }
        if (!faults.isEmpty()) {
            return;
        }
        if (given == 0) {
            findings.skipped(
                    Subject.SETTINGS, "no setting is given; --config FILE names those of a job");
        } else {
            findings.ok(Subject.SETTINGS, "%d given, all of them valid".formatted(given));
        }
    }
}
