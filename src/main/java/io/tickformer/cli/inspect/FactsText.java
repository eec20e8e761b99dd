package io.tickformer.cli.inspect;

import io.tickformer.console.SpecTable;
import io.tickformer.inference.MeasuredForecastTime;
import io.tickformer.onnx.OnnxContents;
import io.tickformer.onnx.OperationCount;
import io.tickformer.onnx.StoredTensor;
import io.tickformer.spec.ModelMetadata;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The contents of a model as text. Control characters from the file are replaced. */
final class FactsText {
    private static final int MOST_TENSORS = 60;
    private static final int LONGEST_VALUE = 120;

    private final ModelFacts facts;
    private final ModelRunResult trial;
    private final PrintWriter out;

    FactsText(ModelFacts facts, ModelRunResult trial, PrintWriter out) {
        this.facts = facts;
        this.trial = trial;
        this.out = out;
    }

    void print() {
        title();
        file();
        spec();
        parameters();
        nodes();
        cost();
        metadata();
        out.flush();
    }

    private void title() {
        if (facts.metadata().isPresent()) {
            ModelMetadata own = facts.metadata().get();
            out.printf(
                    "%s: model %s, version %s, by Tickformer %s%n",
                    facts.path(),
                    clean(own.name()),
                    clean(own.version()),
                    clean(own.libraryVersion()));
        } else {
            out.printf("%s: an ONNX file without a Tickformer spec%n", facts.path());
        }
    }

    private void file() {
        OnnxContents contents = facts.contents();
        heading("file");
        row("size", count(facts.size()) + " bytes");
        row("SHA-256", facts.sha256());
        String version = clean(facts.file().producerVersion());
        row("producer", (clean(facts.file().producerName()) + " " + version).strip());
        row("format", "IR version %d, %s".formatted(contents.irVersion(), opsets(contents)));
        row("graph", clean(contents.graphName()));
        row("says", clean(contents.documentation()));
        facts.file().inputs().forEach(each -> row("input", clean(each.toString())));
        facts.file().outputs().forEach(each -> row("output", clean(each.toString())));
        contents.externalFiles().forEach(each -> row("weights in", clean(each)));
    }

    private static String opsets(OnnxContents contents) {
        return contents.opsets().entrySet().stream()
                .map(
                        each ->
                                each.getKey().isEmpty()
                                        ? "opset " + each.getValue()
                                        : clean(each.getKey()) + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private void spec() {
        if (facts.spec().isPresent()) {
            heading("spec");
            SpecTable.of(facts.spec().get()).forEach((name, value) -> row(name, clean(value)));
        }
    }

    private void parameters() {
        List<StoredTensor> tensors = facts.parameters();
        heading("parameters");
        row("total", count(facts.parameterCount()) + " in " + tensors.size() + " tensors");
        for (StoredTensor tensor : tensors.subList(0, Math.min(MOST_TENSORS, tensors.size()))) {
            row(
                    clean(tensor.name()),
                    "%s%s, %s"
                            .formatted(
                                    tensor.elementType(), tensor.dims(), count(tensor.elements())));
        }
        if (tensors.size() > MOST_TENSORS) {
            row("...", "%d more; --json has them".formatted(tensors.size() - MOST_TENSORS));
        }
    }

    private void nodes() {
        OnnxContents contents = facts.contents();
        heading("nodes");
        row("total", count(contents.nodes()));
        contents.nodesByOp().forEach((op, number) -> row(clean(op), count(number)));
    }

    private void cost() {
        heading("cost of a forecast");
        for (MeasuredForecastTime cost : trial.costs()) {
            String company = cost.microBatch() == 1 ? "alone" : cost.microBatch() + " at once";
            row(
                    company + (cost.isIncremental() ? ", incremental" : ""),
                    "%s µs on one thread here".formatted(micros(cost.micros())));
        }
        if (trial.costs().isEmpty()) {
            row(
                    "measured",
                    trial.runs()
                            ? "not run: without a spec its inputs are unknown; give --spec"
                            : "not run: " + clean(trial.objection()));
        }
        if (facts.operations().isPresent()) {
            OperationCount operations = facts.operations().get();
            row(
                    "computed",
                    "%s floating-point operations, %s of them in matrix products"
                            .formatted(count(operations.total()), count(operations.products())));
        }
        facts.stateBytes()
                .ifPresent(
                        bytes ->
                                row(
                                        "state",
                                        count(bytes) + " bytes per series with a full context"));
    }

    private void metadata() {
        Map<String, String> metadata = facts.file().metadata();
        if (!metadata.isEmpty()) {
            heading("metadata");
            metadata.forEach((key, value) -> row(clean(key), clean(value)));
        }
    }

    private void heading(String text) {
        out.printf("%n%s%n", text);
    }

    private void row(String name, String value) {
        if (!value.isEmpty()) {
            out.printf("  %-32s %s%n", name, value);
        }
    }

    private static String micros(double micros) {
        return String.format(Locale.ROOT, micros < 100 ? "%.1f" : "%,.0f", micros);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Text on one line, without control characters, and not too long. */
    private static String clean(String text) {
        String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").strip();
        return line.length() <= LONGEST_VALUE
                ? line
                : "%s... (%d characters; --json has them)"
                        .formatted(line.substring(0, LONGEST_VALUE), text.length());
    }
}
