package io.tickformer.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.spec.LibraryVersion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The findings as a table for people or as one JSON object. */
final class DoctorReport {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String LINE = "%-8s %-17s %s%n";

    private final List<Finding> findings;

    DoctorReport(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** The number of findings with a status. */
    int count(Status status) {
        return (int) findings.stream().filter(finding -> finding.status() == status).count();
    }

    /**
     * Prints a line for each finding, what to do below it, and their numbers at the end. Subjects
     * that were skipped for the same reason share a line.
     */
    void print(PrintWriter out) {
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            String subjects = finding.subject().id();
            while (finding.status() == Status.SKIPPED
                    && i + 1 < findings.size()
                    && findings.get(i + 1).status() == Status.SKIPPED
                    && findings.get(i + 1).seen().equals(finding.seen())) {
                i++;
                subjects += ", " + findings.get(i).subject().id();
            }
            out.printf(LINE, finding.status().text(), subjects, finding.seen());
            if (!finding.advice().isEmpty()) {
                out.printf(LINE, "", "", "-> " + finding.advice());
            }
        }
        List<String> counts = new ArrayList<>();
        for (Status status : List.of(Status.PROBLEM, Status.WARNING, Status.OK, Status.SKIPPED)) {
            int count = count(status);
            if (count > 0) {
                counts.add(count + " " + words(status, count));
            }
        }
        out.println();
        out.println(String.join(", ", counts));
        out.flush();
    }

    private static String words(Status status, int count) {
        boolean isNoun = status == Status.PROBLEM || status == Status.WARNING;
        return isNoun && count != 1 ? status.text() + "s" : status.text();
    }

    /** The findings and their numbers. */
    ObjectNode json() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("version", LibraryVersion.current());
        json.put("status", worst().text());
        json.put("problems", count(Status.PROBLEM));
        json.put("warnings", count(Status.WARNING));
        ArrayNode all = json.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode one = all.addObject();
            one.put("check", finding.subject().id());
            one.put("status", finding.status().text());
            one.put("seen", finding.seen());
            one.put("advice", finding.advice());
        }
        return json;
    }

    private Status worst() {
        if (count(Status.PROBLEM) > 0) {
            return Status.PROBLEM;
        }
        return count(Status.WARNING) > 0 ? Status.WARNING : Status.OK;
    }
}
