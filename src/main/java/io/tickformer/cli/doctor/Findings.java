package io.tickformer.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Collects the findings of a check. Each text becomes one line without secrets. */
final class Findings {
    private static final int LONGEST = 600;

    private final UnaryOperator<String> hideSecrets;
    private final List<Finding> all = new ArrayList<>();

    Findings(UnaryOperator<String> hideSecrets) {
        this.hideSecrets = hideSecrets;
    }

    void ok(Subject subject, String seen) {
        add(subject, Status.OK, seen, "");
    }

    void warning(Subject subject, String seen, String advice) {
        add(subject, Status.WARNING, seen, advice);
    }

    void problem(Subject subject, String seen, String advice) {
        add(subject, Status.PROBLEM, seen, advice);
    }

    /** Nothing was checked; {@code why} says why. */
    void skipped(Subject subject, String why) {
        add(subject, Status.SKIPPED, why, "");
    }

    private void add(Subject subject, Status status, String seen, String advice) {
        all.add(new Finding(subject, status, line(seen), line(advice)));
    }

    private String line(String text) {
        String line = hideSecrets.apply(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** Whether there is a finding about a subject. */
    boolean has(Subject subject) {
        return all.stream().anyMatch(finding -> finding.subject() == subject);
    }

    /** The findings in order. */
    List<Finding> all() {
        return List.copyOf(all);
    }
}
