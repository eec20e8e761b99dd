package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says in words what is wrong with the structure of an ONNX file, without running it. In two
 * strengths: what the format asks of every file, and what files written here keep beyond that.
 *
 * <p>Of every file: each standard op exists at the declared opset, every other op is of a declared
 * domain or a function of the file; nodes come after what they use; no name is used that nothing
 * produces, none is produced twice; inputs, outputs and initializers are typed; initializers hold
 * as many elements as their shape says. Whether a runtime has the ops of other domains, or of an
 * opset newer than those known here, is left to the runtime. Of files written here also: standard
 * ops of {@link OnnxWriter#OPSET} only, and every tensor between nodes is typed and shaped.
 */
public final class OnnxCheck {
    private static final int PROBLEMS_IN_A_MESSAGE = 10;

    private OnnxCheck() {}

    /**
     * What is wrong with a file of any producer; empty if nothing.
     *
     * @throws OnnxException if the bytes are no ONNX file at all
     */
    public static List<String> problems(byte[] onnx) {
        return problems(OnnxFile.parse(onnx), false);
    }

    /**
     * What is wrong with a file that {@link OnnxWriter} should have written; empty if nothing.
     *
     * @throws OnnxException if the bytes are no ONNX file at all
     */
    public static List<String> problemsOfOwnFile(byte[] onnx) {
        return problems(OnnxFile.parse(onnx), true);
    }

    /**
     * Checks a file of any producer.
     *
     * @throws OnnxException that lists what is wrong, if anything is
     */
    public static void require(OnnxFile file) {
        refuse("the ONNX file is not valid; export it anew", problems(file.model(), false));
    }

    /**
     * Checks a file that {@link OnnxWriter} should have written.
     *
     * @throws OnnxException that lists what is wrong, if anything is
     */
    public static void requireOwn(OnnxFile file) {
        refuse(
                "the ONNX file carries a Tickformer spec but is not as Tickformer writes it, so"
                        + " something changed it; take the file that 'tickformer train' wrote",
                problems(file.model(), true));
    }

    private static void refuse(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            List<String> shown =
                    problems.subList(0, Math.min(PROBLEMS_IN_A_MESSAGE, problems.size()));
            // Names come from the file, and may hold anything.
            throw new OnnxException(
                    "%s: %s%s"
                            .formatted(
                                    what,
                                    String.join("; ", shown),
                                    shown.size() < problems.size()
                                            ? "; and %d more"
                                                    .formatted(problems.size() - shown.size())
                                            : "")
                            .replaceAll("\\p{Cntrl}", "?"));
        }
    }

    static List<String> problems(ModelProto model, boolean own) {
        List<String> problems = new ArrayList<>();
        Map<String, Long> opsets = new TreeMap<>();
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            String domain = domain(opset.getDomain());
            if (opsets.put(domain, opset.getVersion()) != null) {
                problems.add("the opset of domain '%s' is declared twice".formatted(domain));
            }
        }
        if (own) {
            GraphHash.check(model, problems);
            checkHeader(model, opsets, problems);
        }
        new OnnxGraphCheck(model, opsets, own, problems).check();
        return problems;
    }

    private static void checkHeader(
            ModelProto model, Map<String, Long> opsets, List<String> problems) {
        if (!opsets.equals(Map.of("", (long) OnnxWriter.OPSET))) {
            problems.add(
                    "the file declares opsets %s; expected opset %d only"
                            .formatted(opsets, OnnxWriter.OPSET));
        }
        if (model.getIrVersion() != OnnxWriter.IR_VERSION) {
            problems.add(
                    "the file's IR version is %d; expected %d"
                            .formatted(model.getIrVersion(), OnnxWriter.IR_VERSION));
        }
    }

    /** The default domain has two names. */
    static String domain(String name) {
        return name.equals("ai.onnx") ? "" : name;
    }
}
