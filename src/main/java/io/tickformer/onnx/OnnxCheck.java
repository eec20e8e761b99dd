package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks the structure of an ONNX file without running it. There are two levels: the rules of the
 * ONNX format, for files of any producer, and the stricter rules of files that Tickformer writes.
 *
 * <p>For every file: each standard op exists in the declared opset, and every other op belongs to a
 * declared domain or is a function of the file; nodes come after the nodes whose results they use;
 * every used name is produced, and only once; inputs, outputs and initializers are typed;
 * initializers have as many elements as their shape says. Ops of other domains and of opsets newer
 * than the known ones are left to the runtime. For Tickformer's files in addition: only standard
 * ops of {@link OnnxWriter#OPSET}, and every intermediate tensor has a type and a shape.
 */
@Internal
public final class OnnxCheck {
    private static final int PROBLEMS_IN_A_MESSAGE = 10;

    private OnnxCheck() {}

    /**
     * Returns the problems of a file of any producer; empty if it is valid.
     *
     * @throws OnnxException if the bytes are not an ONNX file
     */
    public static List<String> problems(byte[] onnx) {
        return problems(OnnxFile.parse(onnx), false);
    }

    /**
     * Returns the problems of a file written by {@link OnnxWriter}; empty if it is valid.
     *
     * @throws OnnxException if the bytes are not an ONNX file
     */
    public static List<String> problemsOfOwnFile(byte[] onnx) {
        return problems(OnnxFile.parse(onnx), true);
    }

    /**
     * Checks a file of any producer.
     *
     * @throws OnnxException if it has problems; the message lists them
     */
    public static void require(OnnxFile file) {
        refuse("the ONNX file is not valid; export it anew", problems(file.model(), false));
    }

    /**
     * Checks a file that {@link OnnxWriter} should have written.
     *
     * @throws OnnxException if it has problems; the message lists them
     */
    public static void requireOwn(OnnxFile file) {
        refuse(
                "the ONNX file has a Tickformer spec, but another program changed it; use the"
                        + " original file from 'tickformer train'",
                problems(file.model(), true));
    }

    private static void refuse(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            List<String> shown =
                    problems.subList(0, Math.min(PROBLEMS_IN_A_MESSAGE, problems.size()));
            // Names come from the file and may contain control characters.
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

    /** The default domain has two names; this returns the empty one. */
    static String domain(String name) {
        return name.equals("ai.onnx") ? "" : name;
    }
}
